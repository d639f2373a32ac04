"""The landscape's words: a name for every number of a row."""

from __future__ import annotations

from engine.document.state import ClassInfo
from engine.models import layout_of
from engine.specs import ModelSpec
from gui.plots.landscape.texts import parameter_names


def test_every_number_has_a_name_also_just_after_its_class_has_gone():
    classes = (ClassInfo(0, name="short"), ClassInfo(1, name="tall"))
    names = parameter_names(layout_of(ModelSpec("softmax", 3)), classes)
    assert [name.partition(":")[0] for name in names] == ["short"] * 3 + ["tall"] * 3 + ["3"] * 3
    assert len(set(names)) == 9
