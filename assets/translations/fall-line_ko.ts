<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>Action</name>
    <message>
        <source>&amp;About Fall Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear all samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy as Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Curves and model column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export weights…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit to the samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Larger text and lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Normal size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove your own line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset to the same start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore the scene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settings column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Train or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As fast as it &amp;goes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dar&amp;k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit &amp;sample…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export &amp;samples as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One step &amp;back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One step &amp;forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;maller text and lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the &amp;optimum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train from your own &amp;line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own &amp;line</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassName</name>
    <message>
        <source>class {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs a diet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no diet needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overweight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>underweight</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Generate samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Scenes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Add: click to place a sample of the current class, drag one to move it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush: hold the button to spray samples of the current class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase: hold the button to remove samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the view to the samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select: drag a rectangle, then move, recolour or delete the samples in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own line: turn, shift and steepen a decision boundary by hand</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>Add a class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add {count} samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the batch size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the class of a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the class of {count} samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the look of a class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the optimiser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the start weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear all samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw your own line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the problem binary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {count} samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open another document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove a class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove your own line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {count} samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename a class</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
