<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Fall Line</source>
        <translation>Fall Line 정보</translation>
    </message>
    <message>
        <source>Fall Line is free software under the MIT licence. It is built with Python, NumPy, Qt for Python (LGPL) and pyqtgraph (MIT). The typeface is Pretendard, under the SIL Open Font Licence 1.1; the class colours are those of Okabe and Ito.</source>
        <translation>Fall Line은 MIT 라이선스를 따르는 자유 소프트웨어입니다. Python, NumPy, Qt for Python(LGPL), pyqtgraph(MIT)로 만들었습니다. 글꼴은 SIL Open Font License 1.1을 따르는 Pretendard이고, 범주 색은 오카베와 이토의 색입니다.</translation>
    </message>
    <message>
        <source>The fall line is the line straight down a slope: the way gradient descent goes. Place people by height and weight, press Train, and watch the decision boundary being found.</source>
        <translation>폴 라인(fall line)은 비탈을 곧장 내려가는 선, 곧 경사 하강법이 가는 길입니다. 키와 몸무게로 사람들을 놓고 학습을 눌러, 분류 기준선을 찾아가는 모습을 지켜보세요.</translation>
    </message>
    <message>
        <source>The people in the scenes are invented. The labels are for teaching, not medical advice.</source>
        <translation>장면 속 사람들은 지어낸 데이터입니다. 레이블은 교육용이며 의학적 조언이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>Action</name>
    <message>
        <source>&amp;About Fall Line</source>
        <translation>Fall Line 정보(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>추가(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>브러시(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Clear all samples</source>
        <translation>모든 샘플 지우기(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy as Python</source>
        <translation>파이썬 코드로 복사(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Curves and model column</source>
        <translation>곡선과 모델 열(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>삭제(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>지우개(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export weights…</source>
        <translation>가중치 내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Fit to the samples</source>
        <translation>샘플에 맞추기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>단축키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Larger text and lines</source>
        <translation>글자와 선 크게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>새로 만들기(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;New seed</source>
        <translation>새 시드(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Normal size</source>
        <translation>기본 크기(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>열기(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Remove your own line</source>
        <translation>내 기준선 없애기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reset to the same start</source>
        <translation>같은 시작점으로 되돌리기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Restore the scene</source>
        <translation>장면 되돌리기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>선택(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Settings column</source>
        <translation>설정 열(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Train or pause</source>
        <translation>학습/일시정지(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>As fast as it &amp;goes</source>
        <translation>최고 속도로(&amp;G)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>시스템 설정 따르기(&amp;D)</translation>
    </message>
    <message>
        <source>Class {number}</source>
        <translation>범주 {number}</translation>
    </message>
    <message>
        <source>Dar&amp;k</source>
        <translation>어둡게(&amp;K)</translation>
    </message>
    <message>
        <source>Edit &amp;sample…</source>
        <translation>샘플 편집(&amp;S)…</translation>
    </message>
    <message>
        <source>Export &amp;samples as CSV…</source>
        <translation>샘플을 CSV로 내보내기(&amp;S)…</translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation>더 빠르게(&amp;A)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>전체 화면(&amp;U)</translation>
    </message>
    <message>
        <source>One step &amp;back</source>
        <translation>한 스텝 뒤로(&amp;B)</translation>
    </message>
    <message>
        <source>One step &amp;forward</source>
        <translation>한 스텝 앞으로(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation>더 느리게(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller text and lines</source>
        <translation>글자와 선 작게(&amp;M)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>모두 선택(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;none</source>
        <translation>선택 해제(&amp;N)</translation>
    </message>
    <message>
        <source>Show the &amp;optimum</source>
        <translation>최적해 보이기(&amp;O)</translation>
    </message>
    <message>
        <source>Train from your own &amp;line</source>
        <translation>내 기준선에서 학습(&amp;L)</translation>
    </message>
    <message>
        <source>Your own &amp;line</source>
        <translation>내 기준선(&amp;L)</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Something went wrong inside the program. Your samples and weights are still here; export them before you go on. What happened is written to {where}.</source>
        <translation>프로그램 안에서 문제가 생겼습니다. 샘플과 가중치는 그대로 남아 있으니, 계속하기 전에 내보내 두세요. 무슨 일이 있었는지는 다음에 기록했습니다: {where}</translation>
    </message>
    <message>
        <source>the terminal</source>
        <translation>터미널</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Canvas of heights and weights</source>
        <translation>키와 몸무게 캔버스</translation>
    </message>
    <message>
        <source>Click to add a sample of class “{name}”</source>
        <translation>클릭하면 ‘{name}’ 범주의 샘플이 추가됩니다</translation>
    </message>
    <message>
        <source>Exact numbers…</source>
        <translation>정확한 값…</translation>
    </message>
    <message>
        <source>Fit to the samples</source>
        <translation>샘플에 맞추기</translation>
    </message>
    <message>
        <source>Loss and gradient are the mean over {count} samples.</source>
        <translation>손실과 그래디언트는 샘플 {count}개의 평균입니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>선택 해제</translation>
    </message>
    <message>
        <source>Take your line away</source>
        <translation>내 기준선 없애기</translation>
    </message>
    <message>
        <source>Train from it</source>
        <translation>여기서 학습</translation>
    </message>
    <message>
        <source>Training starts from your line&apos;s weights (Ctrl+L)</source>
        <translation>내 기준선의 가중치에서 학습을 시작합니다 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Your line: {share} right</source>
        <translation>내 기준선: 정답률 {share}</translation>
    </message>
    <message>
        <source>Your own line needs exactly two classes</source>
        <translation>내 기준선은 범주가 정확히 둘일 때 그릴 수 있습니다</translation>
    </message>
    <message>
        <source>height (cm)</source>
        <translation>키 (cm)</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>레이블 없음</translation>
    </message>
    <message>
        <source>optimum</source>
        <translation>최적해</translation>
    </message>
    <message>
        <source>trained on {loss}</source>
        <translation>{loss}로 학습</translation>
    </message>
    <message>
        <source>weight (kg)</source>
        <translation>몸무게 (kg)</translation>
    </message>
    <message>
        <source>your line {share}</source>
        <translation>내 기준선 {share}</translation>
    </message>
    <message>
        <source>{count} samples selected</source>
        <translation>샘플 {count}개 선택됨</translation>
    </message>
    <message>
        <source>{height_cm} cm, {weight_kg} kg</source>
        <translation>{height_cm} cm, {weight_kg} kg</translation>
    </message>
</context>
<context>
    <name>Caption</name>
    <message>
        <source>Close this caption</source>
        <translation>설명 닫기</translation>
    </message>
</context>
<context>
    <name>ClassLook</name>
    <message>
        <source>Colour</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Marker shape</source>
        <translation>표식 모양</translation>
    </message>
    <message>
        <source>Remove the class…</source>
        <translation>범주 삭제…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>파랑</translation>
    </message>
    <message>
        <source>circle</source>
        <translation>원</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>십자</translation>
    </message>
    <message>
        <source>diamond</source>
        <translation>마름모</translation>
    </message>
    <message>
        <source>green</source>
        <translation>초록</translation>
    </message>
    <message>
        <source>hexagon</source>
        <translation>육각형</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>회색</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>주황</translation>
    </message>
    <message>
        <source>pentagon</source>
        <translation>오각형</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>보라</translation>
    </message>
    <message>
        <source>sky blue</source>
        <translation>하늘색</translation>
    </message>
    <message>
        <source>square</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>star</source>
        <translation>별</translation>
    </message>
    <message>
        <source>triangle</source>
        <translation>삼각형</translation>
    </message>
    <message>
        <source>vermilion</source>
        <translation>주홍</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>노랑</translation>
    </message>
</context>
<context>
    <name>ClassName</name>
    <message>
        <source>class {number}</source>
        <translation>범주 {number}</translation>
    </message>
    <message>
        <source>needs a diet</source>
        <translation>다이어트 필요</translation>
    </message>
    <message>
        <source>no diet needed</source>
        <translation>다이어트 불필요</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>정상체중</translation>
    </message>
    <message>
        <source>overweight</source>
        <translation>과체중</translation>
    </message>
    <message>
        <source>underweight</source>
        <translation>저체중</translation>
    </message>
</context>
<context>
    <name>ClassRow</name>
    <message>
        <source>Colour and marker shape of the class</source>
        <translation>범주의 색과 표식 모양</translation>
    </message>
    <message>
        <source>Remove the class</source>
        <translation>범주 삭제</translation>
    </message>
    <message>
        <source>{name}: click or press {key} to place samples of this class; double-click to rename</source>
        <translation>{name}: 클릭하거나 {key} 키를 누르면 이 범주의 샘플을 놓습니다. 두 번 클릭하면 이름을 바꿉니다</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>EditSample</name>
    <message>
        <source>Change</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>범주</translation>
    </message>
    <message>
        <source>Edit sample</source>
        <translation>샘플 편집</translation>
    </message>
    <message>
        <source>Height (cm)</source>
        <translation>키 (cm)</translation>
    </message>
    <message>
        <source>Weight (kg)</source>
        <translation>몸무게 (kg)</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>레이블 없음</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>&quot;{path}&quot; cannot be read: {reason}.</source>
        <translation>&quot;{path}&quot; 파일을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot; cannot be written: permission denied.</source>
        <translation>&quot;{path}&quot; 파일에 쓸 수 없습니다: 권한이 없습니다.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot; cannot be written: {reason}.</source>
        <translation>&quot;{path}&quot; 파일에 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot; holds the data and is not overwritten.</source>
        <translation>&quot;{path}&quot; 파일에는 데이터가 들어 있어 덮어쓰지 않습니다.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot; is a folder, not a file.</source>
        <translation>&quot;{path}&quot; 경로는 파일이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot; is to be written twice.</source>
        <translation>&quot;{path}&quot; 파일을 두 번 쓰게 되어 있습니다.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot;: the name must end in {suffixes}.</source>
        <translation>&quot;{path}&quot;: 이름이 {suffixes} 중 하나로 끝나야 합니다.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot;: weights are read from JSON and NPZ files only.</source>
        <translation>&quot;{path}&quot;: 가중치는 JSON과 NPZ 파일에서만 읽습니다.</translation>
    </message>
    <message>
        <source>1 to {most} classes</source>
        <translation>범주 1개에서 {most}개</translation>
    </message>
    <message>
        <source>A class has no samples: the best weights do not exist, part of the weights grow for ever while the accuracy stays.</source>
        <translation>샘플이 없는 범주가 있습니다. 가장 좋은 가중치는 존재하지 않으며, 정확도는 그대로인데 가중치 일부가 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>A quote opens in the row that begins here and is never closed.</source>
        <translation>여기서 시작하는 행에 따옴표가 열린 뒤 닫히지 않습니다.</translation>
    </message>
    <message>
        <source>A scene needs either “samples” or “generator”, and not both.</source>
        <translation>장면에는 “samples”와 “generator” 중 하나만 있어야 합니다.</translation>
    </message>
    <message>
        <source>A straight line separates these classes completely: the best weights do not exist, the loss tends to 0 while the weights grow for ever.</source>
        <translation>직선 하나가 두 범주를 완전히 가릅니다(선형 분리 가능). 가장 좋은 가중치는 존재하지 않으며, 손실은 0에 가까워지고 가중치는 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>A straight line splits off part of the samples, but not every class: the best weights do not exist, part of the weights grow for ever while the accuracy stays.</source>
        <translation>직선이 샘플 일부만 갈라내고 범주 전체는 가르지 못합니다. 가장 좋은 가중치는 존재하지 않으며, 정확도는 그대로인데 가중치 일부가 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>Another model shape: a new run starts from the converted weights.</source>
        <translation>모델의 형태가 바뀌었습니다. 변환한 가중치에서 새로 시작합니다.</translation>
    </message>
    <message>
        <source>BCE is for two classes, and these are {count}: choose CE or MSE.</source>
        <translation>BCE는 범주가 둘일 때 씁니다. 범주가 {count}개이니 CE나 MSE를 고르세요.</translation>
    </message>
    <message>
        <source>Between 2 and {most} classes are possible, not {count}.</source>
        <translation>범주는 2개에서 {most}개까지 가능합니다. {count}개는 안 됩니다.</translation>
    </message>
    <message>
        <source>Byte {byte} is not UTF-8.</source>
        <translation>{byte}번째 바이트가 UTF-8이 아닙니다.</translation>
    </message>
    <message>
        <source>Clouds of 3 classes</source>
        <translation>범주 3개의 무리</translation>
    </message>
    <message>
        <source>Clouds of 5 classes</source>
        <translation>범주 5개의 무리</translation>
    </message>
    <message>
        <source>Clouds of 8 classes</source>
        <translation>범주 8개의 무리</translation>
    </message>
    <message>
        <source>Every class needs a name and at least one label.</source>
        <translation>범주마다 이름과 레이블이 하나 이상 있어야 합니다.</translation>
    </message>
    <message>
        <source>Imbalanced classes</source>
        <translation>불균형한 범주</translation>
    </message>
    <message>
        <source>Invented people, three classes</source>
        <translation>지어낸 사람들, 범주 셋</translation>
    </message>
    <message>
        <source>Invented people, two classes</source>
        <translation>지어낸 사람들, 범주 둘</translation>
    </message>
    <message>
        <source>Line {line}, column {column} is not JSON.</source>
        <translation>{line}행 {column}열이 JSON이 아닙니다.</translation>
    </message>
    <message>
        <source>No best weights exist for MSE either: it tends to 0 while the weights grow for ever.</source>
        <translation>MSE에도 가장 좋은 가중치가 없습니다. MSE는 0에 가까워지고 가중치는 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>No best weights for MSE were found: it keeps falling while the weights grow for ever.</source>
        <translation>MSE의 가장 좋은 가중치를 찾지 못했습니다. 가중치가 끝없이 커지면서 MSE가 계속 줄어듭니다.</translation>
    </message>
    <message>
        <source>No row that can be used has a label of the class &quot;{name}&quot;.</source>
        <translation>쓸 수 있는 행 가운데 &quot;{name}&quot; 범주의 레이블이 없습니다.</translation>
    </message>
    <message>
        <source>No weights have a smaller loss, but others have the same: the samples lie on one line.</source>
        <translation>손실이 더 작은 가중치는 없지만 똑같은 것은 더 있습니다. 샘플이 한 직선 위에 있기 때문입니다.</translation>
    </message>
    <message>
        <source>None of the {count} rows can be used; in the first, {reason}.</source>
        <translation>{count}행 가운데 쓸 수 있는 행이 없습니다. 첫 행의 이유: {reason}.</translation>
    </message>
    <message>
        <source>One outlier</source>
        <translation>이상치 하나</translation>
    </message>
    <message>
        <source>Other losses: a new run starts from the start weights.</source>
        <translation>손실이 바뀌었습니다. 시작 가중치에서 새로 시작합니다.</translation>
    </message>
    <message>
        <source>Overlapping clouds</source>
        <translation>겹치는 무리</translation>
    </message>
    <message>
        <source>Separable by a line</source>
        <translation>선형 분리 가능</translation>
    </message>
    <message>
        <source>Several columns are called &quot;{name}&quot;. Choose one of {existing}.</source>
        <translation>&quot;{name}&quot; 열이 여럿입니다. 다음 중에서 고르세요: {existing}.</translation>
    </message>
    <message>
        <source>Straight lines separate these classes completely: the best weights do not exist, the loss tends to 0 while the weights grow for ever.</source>
        <translation>직선들이 범주를 완전히 가릅니다(선형 분리 가능). 가장 좋은 가중치는 존재하지 않으며, 손실은 0에 가까워지고 가중치는 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>The best MSE of finite weights that {searches} searches found; weights that grow for ever, towards a step, come down to {limit:.4g}.</source>
        <translation>{searches}번 탐색해 찾은 유한한 가중치의 최선 MSE입니다. 가중치가 끝없이 커져 계단에 가까워지면 {limit:.4g}까지 내려갑니다.</translation>
    </message>
    <message>
        <source>The best MSE that {searches} searches found; MSE is not convex, so a better one may exist.</source>
        <translation>{searches}번 탐색해 찾은 최선의 MSE입니다. MSE는 convex가 아니므로 더 나은 값이 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>The best weights exist, but rounding hides them: the samples all but lie on one line.</source>
        <translation>가장 좋은 가중치는 있지만 반올림 오차에 가려집니다. 샘플이 거의 한 직선 위에 있습니다.</translation>
    </message>
    <message>
        <source>The column &quot;{name}&quot; is chosen twice.</source>
        <translation>&quot;{name}&quot; 열을 두 번 골랐습니다.</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>파일을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The file has a header but no rows.</source>
        <translation>파일에 머리글만 있고 행이 없습니다.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>파일이 비어 있습니다.</translation>
    </message>
    <message>
        <source>The file is not text: a table saved as CSV is needed.</source>
        <translation>텍스트 파일이 아닙니다. CSV로 저장한 표가 필요합니다.</translation>
    </message>
    <message>
        <source>The label &quot;{label}&quot; is given to both &quot;{first}&quot; and &quot;{second}&quot;.</source>
        <translation>레이블 &quot;{label}&quot; 값이 &quot;{first}&quot; 범주와 &quot;{second}&quot; 범주에 모두 들어 있습니다.</translation>
    </message>
    <message>
        <source>The label column has {count} different values, and at most {most} classes are possible: choose which values make which class.</source>
        <translation>레이블 열에 서로 다른 값이 {count}개 있는데 범주는 {most}개까지 가능합니다. 어느 값이 어느 범주인지 고르세요.</translation>
    </message>
    <message>
        <source>The only label in the rows that can be used is &quot;{label}&quot;: two classes are needed.</source>
        <translation>쓸 수 있는 행의 레이블이 &quot;{label}&quot; 하나뿐입니다. 범주가 둘 필요합니다.</translation>
    </message>
    <message>
        <source>The row that begins here cannot be read: {reason}.</source>
        <translation>여기서 시작하는 행을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The search for the best weights was stopped.</source>
        <translation>가장 좋은 가중치를 찾는 일을 멈췄습니다.</translation>
    </message>
    <message>
        <source>The start has {given} numbers; this model needs {needed}.</source>
        <translation>시작 가중치가 {given}개인데 이 모델에는 {needed}개가 필요합니다.</translation>
    </message>
    <message>
        <source>The weights or losses are no finite numbers and cannot be exported.</source>
        <translation>가중치나 손실이 유한한 수가 아니어서 내보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>The {loss} model diverged at step {step}; its last good weights are back. {advice}</source>
        <translation>{loss} 모델이 스텝 {step}에서 발산했습니다(학습 폭주). 마지막으로 좋았던 가중치로 돌아왔습니다. {advice}</translation>
    </message>
    <message>
        <source>The {loss} model oscillates: its steps are too long. {advice}</source>
        <translation>{loss} 모델이 진동합니다. 걸음이 너무 큽니다. {advice}</translation>
    </message>
    <message>
        <source>There are no samples to fit.</source>
        <translation>맞출 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>There is no column &quot;{name}&quot;. Did you mean &quot;{near}&quot;? The columns are {existing}.</source>
        <translation>&quot;{name}&quot; 열이 없습니다. &quot;{near}&quot; 열을 뜻하나요? 있는 열: {existing}.</translation>
    </message>
    <message>
        <source>There is no column &quot;{name}&quot;. The columns are {existing}.</source>
        <translation>&quot;{name}&quot; 열이 없습니다. 있는 열: {existing}.</translation>
    </message>
    <message>
        <source>There is no exact optimum to export (separable: {kind}). {reason}</source>
        <translation>내보낼 정확한 최적해가 없습니다(분리 가능성: {kind}). {reason}</translation>
    </message>
    <message>
        <source>There is no folder &quot;{folder}&quot;.</source>
        <translation>&quot;{folder}&quot; 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>There is no labelled sample to train on.</source>
        <translation>학습할 레이블이 있는 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>그런 파일이 없습니다.</translation>
    </message>
    <message>
        <source>These are not weights exported by Fall Line.</source>
        <translation>Fall Line에서 내보낸 가중치가 아닙니다.</translation>
    </message>
    <message>
        <source>These are the best weights: all others have a larger loss.</source>
        <translation>가장 좋은 가중치입니다. 다른 가중치는 모두 손실이 더 큽니다.</translation>
    </message>
    <message>
        <source>These weights have version {version} of the format; this program reads version {known}.</source>
        <translation>이 가중치의 형식은 버전 {version}입니다. 이 프로그램은 버전 {known} 형식을 읽습니다.</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>파일이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>This is not a scene of Fall Line.</source>
        <translation>Fall Line의 장면이 아닙니다.</translation>
    </message>
    <message>
        <source>This is not a valid NPZ file: {reason}.</source>
        <translation>올바른 NPZ 파일이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>This is not valid JSON: line {line}, column {column}: {reason}.</source>
        <translation>올바른 JSON이 아닙니다: {line}행 {column}열: {reason}.</translation>
    </message>
    <message>
        <source>This is not valid JSON: {reason}.</source>
        <translation>올바른 JSON이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>This program does not know the model &quot;{model}&quot;.</source>
        <translation>이 프로그램이 모르는 모델입니다: &quot;{model}&quot;.</translation>
    </message>
    <message>
        <source>This scene has version {version}; this program reads version {known}.</source>
        <translation>이 장면은 버전 {version}입니다. 이 프로그램은 버전 {known} 장면을 읽습니다.</translation>
    </message>
    <message>
        <source>Training diverged by step {step}; nothing was exported. Try a learning rate of {rate}.</source>
        <translation>스텝 {step}까지 가는 동안 학습이 발산했습니다. 아무것도 내보내지 않았습니다. 학습률 {rate} 값을 써 보세요.</translation>
    </message>
    <message>
        <source>Training diverged by step {step}; nothing was exported. Try a smaller learning rate.</source>
        <translation>스텝 {step}까지 가는 동안 학습이 발산했습니다. 아무것도 내보내지 않았습니다. 학습률을 줄여 보세요.</translation>
    </message>
    <message>
        <source>Training ended by an error: {error}</source>
        <translation>오류로 학습이 끝났습니다: {error}</translation>
    </message>
    <message>
        <source>Training needs at least two classes.</source>
        <translation>학습하려면 범주가 둘 이상 필요합니다.</translation>
    </message>
    <message>
        <source>Training needs samples of at least two classes; there is only one.</source>
        <translation>학습하려면 두 범주 이상의 샘플이 필요합니다. 지금은 한 범주뿐입니다.</translation>
    </message>
    <message>
        <source>Try a learning rate of {rate}.</source>
        <translation>학습률 {rate} 값을 써 보세요.</translation>
    </message>
    <message>
        <source>Try a smaller learning rate.</source>
        <translation>학습률을 줄여 보세요.</translation>
    </message>
    <message>
        <source>Two classes are called &quot;{name}&quot;.</source>
        <translation>&quot;{name}&quot; 이름의 범주가 둘 있습니다.</translation>
    </message>
    <message>
        <source>Two clouds</source>
        <translation>두 무리</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>XOR</translation>
    </message>
    <message>
        <source>a class from 0 to {last}</source>
        <translation>0에서 {last}까지의 범주</translation>
    </message>
    <message>
        <source>a colour from 0 to {last}</source>
        <translation>0에서 {last}까지의 색</translation>
    </message>
    <message>
        <source>a finite number</source>
        <translation>유한한 수</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>a list of {least} to {most}</source>
        <translation>{least}개에서 {most}개의 목록</translation>
    </message>
    <message>
        <source>a list of {length}</source>
        <translation>{length}개의 목록</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>수</translation>
    </message>
    <message>
        <source>a number above 0</source>
        <translation>0보다 큰 수</translation>
    </message>
    <message>
        <source>a number above zero</source>
        <translation>0보다 큰 수</translation>
    </message>
    <message>
        <source>a number between 0 and 1</source>
        <translation>0과 1 사이의 수</translation>
    </message>
    <message>
        <source>a number from 0 to below 1</source>
        <translation>0 이상 1 미만의 수</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>a whole number, at least {least}</source>
        <translation>{least} 이상의 정수</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>another name</source>
        <translation>다른 이름</translation>
    </message>
    <message>
        <source>softmax, as there are not two classes</source>
        <translation>범주가 둘이 아니므로 softmax</translation>
    </message>
    <message>
        <source>the row has more cells than the header has names</source>
        <translation>행의 셀이 머리글의 이름보다 많습니다</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 또는 false</translation>
    </message>
    <message>
        <source>{column} belongs to no chosen class</source>
        <translation>{column} 값이 고른 범주에 없습니다</translation>
    </message>
    <message>
        <source>{column} is missing</source>
        <translation>{column} 값이 없습니다</translation>
    </message>
    <message>
        <source>{column} is not a finite number</source>
        <translation>{column} 값이 유한한 수가 아닙니다</translation>
    </message>
    <message>
        <source>{column} is not a number</source>
        <translation>{column} 값이 수가 아닙니다</translation>
    </message>
    <message>
        <source>{column} is not above zero</source>
        <translation>{column} 값이 0보다 크지 않습니다</translation>
    </message>
    <message>
        <source>{column} is out of any range</source>
        <translation>{column} 값이 범위를 벗어납니다</translation>
    </message>
    <message>
        <source>{file}: another scene has the key “{key}” too.</source>
        <translation>{file}: 다른 장면도 “{key}” 키를 씁니다.</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>{path} and standardized are two different models.</source>
        <translation>{path} 값과 standardized 값이 서로 다른 모델입니다.</translation>
    </message>
    <message>
        <source>{path} is missing.</source>
        <translation>{path} 항목이 없습니다.</translation>
    </message>
    <message>
        <source>{path} is not a known key.</source>
        <translation>{path} 항목은 알 수 없는 키입니다.</translation>
    </message>
    <message>
        <source>{path} stands there twice.</source>
        <translation>{path} 항목이 두 번 나옵니다.</translation>
    </message>
    <message>
        <source>{path}: expected {expected}, found {found}.</source>
        <translation>{path}: {expected}이(가) 와야 하는데 {found}이(가) 있습니다.</translation>
    </message>
</context>
<context>
    <name>ExactStart</name>
    <message>
        <source>One number added to a column for all classes changes no probability.</source>
        <translation>한 열에서 모든 범주에 같은 수를 더해도 확률은 달라지지 않습니다.</translation>
    </message>
    <message>
        <source>Start weights</source>
        <translation>시작 가중치</translation>
    </message>
    <message>
        <source>The weights are those of z-scores of height and weight; b is the bias.</source>
        <translation>가중치는 표준화한 키와 몸무게에 대한 값이고, b는 편향입니다.</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>이 값 쓰기</translation>
    </message>
    <message>
        <source>b</source>
        <translation>b</translation>
    </message>
    <message>
        <source>w height</source>
        <translation>w 키</translation>
    </message>
    <message>
        <source>w weight</source>
        <translation>w 몸무게</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>A name has none of the characters {characters}</source>
        <translation>이름에는 다음 글자를 쓸 수 없습니다: {characters}</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>둘 다</translation>
    </message>
    <message>
        <source>Both models, each in files of its own</source>
        <translation>두 모델을 각각 따로 파일로 내보냅니다</translation>
    </message>
    <message>
        <source>Choose at least one format.</source>
        <translation>형식을 하나 이상 고르세요.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Export weights</source>
        <translation>가중치 내보내기</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Model trained on</source>
        <translation>학습한 손실</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>The files need a name.</source>
        <translation>파일 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>그런 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{file} (replaces the file of that name)</source>
        <translation>{file} (같은 이름의 파일을 바꿉니다)</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Close without</source>
        <translation>그냥 닫기</translation>
    </message>
    <message>
        <source>Export samples as CSV</source>
        <translation>샘플을 CSV로 내보내기</translation>
    </message>
    <message>
        <source>Export samples…</source>
        <translation>샘플 내보내기…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Samples and weights (*.csv *.tsv *.txt *.json *.npz);;All files (*)</source>
        <translation>샘플과 가중치 (*.csv *.tsv *.txt *.json *.npz);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>돌아가기</translation>
    </message>
    <message>
        <source>The document has changed since it was opened. Keep its samples in a CSV file?</source>
        <translation>문서를 연 뒤로 내용이 바뀌었습니다. 샘플을 CSV 파일로 남길까요?</translation>
    </message>
    <message>
        <source>The model trained on {loss} is on the clipboard as Python.</source>
        <translation>{loss}로 학습한 모델을 파이썬 코드로 복사했습니다.</translation>
    </message>
    <message>
        <source>There is no trained model to export: it needs labelled samples.</source>
        <translation>내보낼 모델이 없습니다. 레이블이 있는 샘플이 필요합니다.</translation>
    </message>
    <message>
        <source>Written: {names}</source>
        <translation>저장했습니다: {names}</translation>
    </message>
    <message>
        <source>{name}: the model stands here as it was exported.</source>
        <translation>{name}: 내보낸 그대로의 모델을 열었습니다.</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Add to them</source>
        <translation>있는 샘플에 더하기</translation>
    </message>
    <message>
        <source>Choose the columns of height, weight and label.</source>
        <translation>키, 몸무게, 레이블 열을 고르세요.</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>처음 몇 행</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Left out: {count}</source>
        <translation>제외: {count}</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: {sentence}</source>
        <translation>{line}행 {column}열: {sentence}</translation>
    </message>
    <message>
        <source>Line {line}: {sentence}</source>
        <translation>{line}행: {sentence}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Open samples</source>
        <translation>샘플 열기</translation>
    </message>
    <message>
        <source>Open {count} samples</source>
        <translation>샘플 {count}개 열기</translation>
    </message>
    <message>
        <source>Reading {file} …</source>
        <translation>{file} 읽는 중…</translation>
    </message>
    <message>
        <source>Replace the samples on the canvas</source>
        <translation>캔버스의 샘플을 바꾸기</translation>
    </message>
    <message>
        <source>Reverse the order</source>
        <translation>순서 뒤집기</translation>
    </message>
    <message>
        <source>Together with those on the canvas these are more than {most} classes.</source>
        <translation>캔버스의 범주와 합치면 범주가 {most}개를 넘습니다.</translation>
    </message>
    <message>
        <source>Type a name for the class; the same name twice makes one class of both labels</source>
        <translation>범주 이름을 입력하세요. 같은 이름을 두 번 쓰면 두 레이블이 한 범주가 됩니다</translation>
    </message>
    <message>
        <source>Type over a class to rename it. One name beside two labels makes one class of both.</source>
        <translation>범주 이름은 고쳐 쓸 수 있습니다. 두 레이블에 같은 이름을 쓰면 한 범주가 됩니다.</translation>
    </message>
    <message>
        <source>Unit in the file; samples are kept in cm and kg</source>
        <translation>파일의 단위입니다. 샘플은 cm와 kg로 보관합니다</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>몸무게</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>세로줄</translation>
    </message>
    <message>
        <source>cell</source>
        <translation>셀</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>class</source>
        <translation>범주</translation>
    </message>
    <message>
        <source>class 0: {reference}; class 1, positive: {positive}</source>
        <translation>범주 0: {reference}; 범주 1(양성): {positive}</translation>
    </message>
    <message>
        <source>classes in order: {names}</source>
        <translation>범주 순서: {names}</translation>
    </message>
    <message>
        <source>column</source>
        <translation>열</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>쉼표</translation>
    </message>
    <message>
        <source>is read as</source>
        <translation>읽는 방식</translation>
    </message>
    <message>
        <source>label</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>left out: {reason}</source>
        <translation>제외: {reason}</translation>
    </message>
    <message>
        <source>line</source>
        <translation>행</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>행 수</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>세미콜론</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>탭</translation>
    </message>
    <message>
        <source>{file}: {count} rows, encoding {encoding}, delimiter {delimiter}</source>
        <translation>{file}: {count}행, 인코딩 {encoding}, 구분자 {delimiter}</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>Both models measured with the same ruler.</source>
        <translation>두 모델을 같은 자로 재었습니다.</translation>
    </message>
    <message>
        <source>Each loss has its own axis: heights of different rulers cannot be compared.</source>
        <translation>손실마다 축이 다릅니다. 다른 자로 잰 높이는 서로 비교할 수 없습니다.</translation>
    </message>
    <message>
        <source>Each model by the loss it is trained on, on an axis of its own</source>
        <translation>각 모델을 학습한 손실로, 저마다의 축에 그립니다</translation>
    </message>
    <message>
        <source>Logarithmic step axis: the first steps in more detail</source>
        <translation>스텝 축을 로그로: 처음 스텝들이 더 자세히 보입니다</translation>
    </message>
    <message>
        <source>Logarithmic value axis: equal distances are equal ratios</source>
        <translation>값 축을 로그로: 같은 거리는 같은 비율입니다</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Mean cross-entropy over all samples, in nats</source>
        <translation>모든 샘플의 평균 교차 엔트로피(nat)</translation>
    </message>
    <message>
        <source>Mean squared error over all samples</source>
        <translation>모든 샘플의 평균 제곱 오차</translation>
    </message>
    <message>
        <source>Share of the samples that the model answers wrongly (error rate)</source>
        <translation>모델이 틀리게 답한 샘플의 비율(오답률)</translation>
    </message>
    <message>
        <source>Show the lowest loss that the model can reach (the global minimum)</source>
        <translation>모델이 이를 수 있는 가장 낮은 손실(최솟값)을 보입니다</translation>
    </message>
    <message>
        <source>The optimum is the lowest {ruler}: measure by that to see it.</source>
        <translation>최적해는 {ruler} 값이 가장 낮은 곳입니다. 그 자로 재면 보입니다.</translation>
    </message>
    <message>
        <source>best found: {value}</source>
        <translation>찾은 최선: {value}</translation>
    </message>
    <message>
        <source>log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>log steps</source>
        <translation>로그 스텝</translation>
    </message>
    <message>
        <source>optimum</source>
        <translation>최적해</translation>
    </message>
    <message>
        <source>optimum: {value}</source>
        <translation>최적해: {value}</translation>
    </message>
    <message>
        <source>own losses</source>
        <translation>각자 손실</translation>
    </message>
    <message>
        <source>samples edited here</source>
        <translation>여기서 샘플을 고쳤습니다</translation>
    </message>
    <message>
        <source>settings changed here</source>
        <translation>여기서 설정을 바꿨습니다</translation>
    </message>
    <message>
        <source>step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
    <message>
        <source>trained on {loss}: {value}</source>
        <translation>{loss}로 학습: {value}</translation>
    </message>
    <message>
        <source>wrong answers</source>
        <translation>오답률</translation>
    </message>
    <message>
        <source>{loss} of the model trained on {loss}</source>
        <translation>{loss}로 학습한 모델의 {loss}</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Generate samples</source>
        <translation>샘플 만들기(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Scenes</source>
        <translation>장면(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>학습(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
</context>
<context>
    <name>ModelSection</name>
    <message>
        <source>BCE</source>
        <translation>BCE</translation>
    </message>
    <message>
        <source>Binary cross-entropy: the mean of -ln of the probability given to each sample&apos;s own class</source>
        <translation>이진 교차 엔트로피: 각 샘플의 실제 범주에 준 확률의 -ln을 평균한 값</translation>
    </message>
    <message>
        <source>CE</source>
        <translation>CE</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Cross-entropy: the mean of -ln of the probability given to each sample&apos;s own class</source>
        <translation>교차 엔트로피: 각 샘플의 실제 범주에 준 확률의 -ln을 평균한 값</translation>
    </message>
    <message>
        <source>Logistic regression</source>
        <translation>로지스틱 회귀</translation>
    </message>
    <message>
        <source>Logistic regression: one logit z, linear in height and weight; p = sigmoid(z) is the probability of the second class</source>
        <translation>로지스틱 회귀: 로짓 z 하나가 키와 몸무게의 일차식이고, p = 시그모이드(z)가 두 번째 범주의 확률입니다</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>Mean squared error: (p - y) squared, summed over the classes, then the mean</source>
        <translation>평균 제곱 오차: (p - y)의 제곱을 범주에 걸쳐 더한 뒤 평균한 값</translation>
    </message>
    <message>
        <source>Mean squared error: the mean of (p - y) squared</source>
        <translation>평균 제곱 오차: (p - y)의 제곱을 평균한 값</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>One model is trained on each loss: the same start, the same samples, the same steps</source>
        <translation>손실마다 모델을 하나씩 학습합니다. 시작도, 샘플도, 스텝도 같습니다</translation>
    </message>
    <message>
        <source>Softmax regression</source>
        <translation>소프트맥스 회귀</translation>
    </message>
    <message>
        <source>Softmax regression: one logit a class; with two classes it follows the logistic model at twice the learning rate</source>
        <translation>소프트맥스 회귀: 범주마다 로짓이 하나씩 있습니다. 범주가 둘이면 학습률이 두 배인 로지스틱 모델과 똑같이 움직입니다</translation>
    </message>
    <message>
        <source>With other than two classes the model is softmax regression</source>
        <translation>범주가 둘이 아니면 소프트맥스 회귀를 씁니다</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>Edges are as wide as the standardised weights: solid for positive, hollow for negative ones</source>
        <translation>선의 굵기는 표준화 가중치의 크기입니다. 양수는 채운 선, 음수는 빈 선입니다</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>height</source>
        <translation>키</translation>
    </message>
    <message>
        <source>trained on {loss}</source>
        <translation>{loss}로 학습</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>몸무게</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>The largest is {largest}.</source>
        <translation>가장 큰 값은 {largest}입니다.</translation>
    </message>
    <message>
        <source>The number must be above 0.</source>
        <translation>0보다 큰 수여야 합니다.</translation>
    </message>
    <message>
        <source>This number is too large.</source>
        <translation>수가 너무 큽니다.</translation>
    </message>
    <message>
        <source>Type a number, such as 0.1 or 1e-3.</source>
        <translation>0.1이나 1e-3 같은 수를 입력하세요.</translation>
    </message>
    <message>
        <source>Type a whole number.</source>
        <translation>정수를 입력하세요.</translation>
    </message>
</context>
<context>
    <name>OptimizerSection</name>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Adam: momentum, with a step length for each weight from its past gradients</source>
        <translation>Adam: 모멘텀에 더해, 가중치마다 지난 그래디언트로 걸음 크기를 정합니다</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>Batch size: samples that one step looks at. All of them: the exact gradient; fewer: stochastic gradient descent (SGD)</source>
        <translation>배치 크기: 한 스텝이 보는 샘플의 수입니다. 전체면 정확한 그래디언트, 더 적으면 확률적 경사 하강법(SGD)입니다</translation>
    </message>
    <message>
        <source>Gradient descent</source>
        <translation>경사 하강법</translation>
    </message>
    <message>
        <source>Gradient descent: each step is the learning rate times the gradient, downhill</source>
        <translation>경사 하강법: 한 스텝마다 학습률 곱하기 그래디언트만큼 내려갑니다</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Learning rate: how far one step goes down the gradient</source>
        <translation>학습률: 한 스텝이 그래디언트를 따라 내려가는 정도입니다</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>Momentum: a step keeps a share of the one before, like a ball that rolls</source>
        <translation>모멘텀: 구르는 공처럼 앞 스텝의 일부를 이어 갑니다</translation>
    </message>
    <message>
        <source>Momentum: the share of the last step that the next one keeps, 0 to below 1</source>
        <translation>모멘텀: 다음 스텝이 이어받는 앞 스텝의 비율(0 이상 1 미만)</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>최적화 기법</translation>
    </message>
    <message>
        <source>The momentum is at least 0 and below 1.</source>
        <translation>모멘텀은 0 이상 1 미만이어야 합니다.</translation>
    </message>
    <message>
        <source>Type a whole number from 1 to {count}, or {all}.</source>
        <translation>1부터 {count}까지의 정수나 ‘{all}’ 중에서 입력하세요.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>all {count}</source>
        <translation>전체 {count}</translation>
    </message>
</context>
<context>
    <name>ProblemPanel</name>
    <message>
        <source>A new class with no samples yet; eight are the most</source>
        <translation>샘플이 없는 새 범주를 더합니다. 여덟 개까지 둘 수 있습니다</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>범주 추가</translation>
    </message>
    <message>
        <source>Another class is called {name} already.</source>
        <translation>‘{name}’ 이름의 범주가 이미 있습니다.</translation>
    </message>
    <message>
        <source>Binary</source>
        <translation>이진 분류</translation>
    </message>
    <message>
        <source>Binary classification: two classes, one probability p = P(Y = 1 | X)</source>
        <translation>이진 분류: 범주 둘, 확률 하나 p = P(Y = 1 | X)</translation>
    </message>
    <message>
        <source>Multi-class</source>
        <translation>다중 분류</translation>
    </message>
    <message>
        <source>Multi-class classification: three to eight classes, each with its own probability</source>
        <translation>다중 분류: 범주 셋에서 여덟, 범주마다 확률이 있습니다</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>There are eight classes already, the most there can be</source>
        <translation>범주가 이미 여덟 개로, 더 늘릴 수 없습니다</translation>
    </message>
    <message>
        <source>without a label: {count}</source>
        <translation>레이블 없음: {count}</translation>
    </message>
</context>
<context>
    <name>RemoveClass</name>
    <message>
        <source>A binary problem has two classes. Which stay?</source>
        <translation>이진 분류에는 범주가 둘입니다. 어느 것을 남길까요?</translation>
    </message>
    <message>
        <source>Choose two different classes.</source>
        <translation>서로 다른 범주 둘을 고르세요.</translation>
    </message>
    <message>
        <source>Class 0 (reference)</source>
        <translation>범주 0 (기준)</translation>
    </message>
    <message>
        <source>Class 1 (positive)</source>
        <translation>범주 1 (양성)</translation>
    </message>
    <message>
        <source>Give the sample to</source>
        <translation>샘플 옮길 곳:</translation>
    </message>
    <message>
        <source>Give the {count} samples to</source>
        <translation>샘플 {count}개 옮길 곳:</translation>
    </message>
    <message>
        <source>Make it binary</source>
        <translation>이진 분류로 바꾸기</translation>
    </message>
    <message>
        <source>Make the problem binary</source>
        <translation>이진 분류로 바꾸기</translation>
    </message>
    <message>
        <source>Remove the class</source>
        <translation>범주 삭제</translation>
    </message>
    <message>
        <source>Remove the class {name}</source>
        <translation>‘{name}’ 범주 삭제</translation>
    </message>
    <message>
        <source>Remove the sample too</source>
        <translation>샘플도 삭제</translation>
    </message>
    <message>
        <source>Remove the {count} samples too</source>
        <translation>샘플 {count}개도 삭제</translation>
    </message>
    <message>
        <source>What becomes of the samples of the class {name}?</source>
        <translation>‘{name}’ 범주의 샘플을 어떻게 할까요?</translation>
    </message>
    <message>
        <source>What becomes of the samples of the others?</source>
        <translation>나머지 범주의 샘플을 어떻게 할까요?</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Add a sample of the current class</source>
        <translation>현재 범주의 샘플 추가</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Menu of a sample or the selection</source>
        <translation>샘플이나 선택 영역의 메뉴</translation>
    </message>
    <message>
        <source>Move a sample</source>
        <translation>샘플 옮기기</translation>
    </message>
    <message>
        <source>On the canvas</source>
        <translation>캔버스에서</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>화면 옮기기</translation>
    </message>
    <message>
        <source>Select samples in a rectangle</source>
        <translation>사각형으로 샘플 선택</translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation>Shift + 끌기</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>확대/축소</translation>
    </message>
    <message>
        <source>click</source>
        <translation>클릭</translation>
    </message>
    <message>
        <source>drag it</source>
        <translation>끌기</translation>
    </message>
    <message>
        <source>middle button + drag</source>
        <translation>가운데 단추 + 끌기</translation>
    </message>
    <message>
        <source>right click</source>
        <translation>오른쪽 클릭</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>휠</translation>
    </message>
</context>
<context>
    <name>StartSection</name>
    <message>
        <source>All weights 0</source>
        <translation>모두 0</translation>
    </message>
    <message>
        <source>By chance, from the seed</source>
        <translation>시드에 따른 난수</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>편집…</translation>
    </message>
    <message>
        <source>Exact numbers</source>
        <translation>정확한 값</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>새 시드</translation>
    </message>
    <message>
        <source>New seed: another start and another order of batches</source>
        <translation>새 시드: 시작 가중치와 배치 순서가 달라집니다</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Seed: the same number gives the same start weights and the same order of batches</source>
        <translation>시드: 같은 수는 같은 시작 가중치와 같은 배치 순서를 줍니다</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>퍼짐</translation>
    </message>
    <message>
        <source>Spread: the standard deviation of the normal distribution of the start weights</source>
        <translation>퍼짐: 시작 가중치를 뽑는 정규 분포의 표준편차</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Start weights</source>
        <translation>시작 가중치</translation>
    </message>
    <message>
        <source>Start weights, for z-scores of height and weight. They count from the next reset: a change here leaves the model that is being trained alone</source>
        <translation>표준화한 키와 몸무게에 대한 시작 가중치입니다. 다음에 되돌릴 때부터 쓰이며, 지금 학습 중인 모델은 건드리지 않습니다</translation>
    </message>
    <message>
        <source>Type the start weights</source>
        <translation>시작 가중치 입력</translation>
    </message>
    <message>
        <source>w ({height}, {weight})  b {bias}</source>
        <translation>w ({height}, {weight})  b {bias}</translation>
    </message>
    <message>
        <source>{count} numbers</source>
        <translation>수 {count}개</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Point at the canvas to read each model&apos;s probability, odds and logit there.</source>
        <translation>캔버스를 가리키면 그곳에서 각 모델의 확률, 승산, 로짓을 보여 줍니다.</translation>
    </message>
    <message>
        <source>accuracy {value}</source>
        <translation>정확도 {value}</translation>
    </message>
    <message>
        <source>logit {logit}</source>
        <translation>로짓 {logit}</translation>
    </message>
    <message>
        <source>map: {loss}</source>
        <translation>지도: {loss}</translation>
    </message>
    <message>
        <source>odds {odds}</source>
        <translation>승산 {odds}</translation>
    </message>
</context>
<context>
    <name>Threshold</name>
    <message>
        <source>The answer is yes where p is at least this. Moving it shifts the line in parallel and changes no weight; double-click for 0.5.</source>
        <translation>p가 이 값 이상이면 ‘예’라고 답합니다. 옮기면 기준선이 나란히 움직일 뿐 가중치는 바뀌지 않습니다. 두 번 클릭하면 0.5로 돌아갑니다.</translation>
    </message>
    <message>
        <source>threshold on p</source>
        <translation>p의 임계값</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Add: click to place a sample, drag one to move it</source>
        <translation>추가: 클릭해서 샘플을 놓고, 끌어서 옮깁니다</translation>
    </message>
    <message>
        <source>Brush: spray samples of the current class</source>
        <translation>브러시: 현재 범주의 샘플을 뿌립니다</translation>
    </message>
    <message>
        <source>Erase: hold the button to remove samples</source>
        <translation>지우개: 누른 채 움직여 샘플을 지웁니다</translation>
    </message>
    <message>
        <source>Fit the view to the samples</source>
        <translation>화면을 샘플에 맞춥니다</translation>
    </message>
    <message>
        <source>Select: drag a rectangle, then move, recolour or delete</source>
        <translation>선택: 사각형을 그린 뒤 옮기거나 범주를 바꾸거나 지웁니다</translation>
    </message>
    <message>
        <source>Your own line: turn, shift and steepen it by hand</source>
        <translation>내 기준선: 손으로 돌리고, 옮기고, 가파르게 합니다</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Back to the same start: a new run (Home)</source>
        <translation>같은 시작점으로: 새로 시작합니다 (Home)</translation>
    </message>
    <message>
        <source>Drag to go back to any step of the run; training goes on from there</source>
        <translation>끌어서 어느 스텝으로든 돌아갑니다. 학습은 그곳에서 이어집니다</translation>
    </message>
    <message>
        <source>New seed: other random start weights and batches; the present one is {seed} (Ctrl+R)</source>
        <translation>새 시드: 시작 가중치와 배치를 새로 뽑습니다. 지금 시드는 {seed} (Ctrl+R)</translation>
    </message>
    <message>
        <source>One step back (Left)</source>
        <translation>한 스텝 뒤로 (왼쪽 화살표)</translation>
    </message>
    <message>
        <source>One step forward (Right)</source>
        <translation>한 스텝 앞으로 (오른쪽 화살표)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Pause training (Space)</source>
        <translation>학습 일시정지 (스페이스)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Step of the run</source>
        <translation>학습 스텝</translation>
    </message>
    <message>
        <source>Steps per second, up to as fast as it goes</source>
        <translation>초당 스텝 수, 최고 속도까지</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Train on from this step: the later ones are replaced (Space)</source>
        <translation>이 스텝에서 이어 학습합니다. 뒤의 스텝은 새로 바뀝니다 (스페이스)</translation>
    </message>
    <message>
        <source>Train with gradient descent (Space)</source>
        <translation>경사 하강법으로 학습합니다 (스페이스)</translation>
    </message>
    <message>
        <source>max</source>
        <translation>최고</translation>
    </message>
    <message>
        <source>max · {speed} steps/s</source>
        <translation>최고 · 초당 {speed}스텝</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
    <message>
        <source>{speed} steps/s</source>
        <translation>초당 {speed}스텝</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>Add a class</source>
        <translation>범주 추가</translation>
    </message>
    <message>
        <source>Add a sample</source>
        <translation>샘플 추가</translation>
    </message>
    <message>
        <source>Add {count} samples</source>
        <translation>샘플 {count}개 추가</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>설정 변경</translation>
    </message>
    <message>
        <source>Change the batch size</source>
        <translation>배치 크기 변경</translation>
    </message>
    <message>
        <source>Change the class of a sample</source>
        <translation>샘플의 범주 변경</translation>
    </message>
    <message>
        <source>Change the class of {count} samples</source>
        <translation>샘플 {count}개의 범주 변경</translation>
    </message>
    <message>
        <source>Change the look of a class</source>
        <translation>범주 모양 변경</translation>
    </message>
    <message>
        <source>Change the loss</source>
        <translation>손실 함수 변경</translation>
    </message>
    <message>
        <source>Change the model</source>
        <translation>모델 변경</translation>
    </message>
    <message>
        <source>Change the optimiser</source>
        <translation>최적화 기법 변경</translation>
    </message>
    <message>
        <source>Change the seed</source>
        <translation>시드 변경</translation>
    </message>
    <message>
        <source>Change the start weights</source>
        <translation>시작 가중치 변경</translation>
    </message>
    <message>
        <source>Clear all samples</source>
        <translation>모든 샘플 지우기</translation>
    </message>
    <message>
        <source>Draw your own line</source>
        <translation>내 기준선 그리기</translation>
    </message>
    <message>
        <source>Edit a sample</source>
        <translation>샘플 편집</translation>
    </message>
    <message>
        <source>Generate samples</source>
        <translation>샘플 만들기</translation>
    </message>
    <message>
        <source>Make the problem binary</source>
        <translation>이진 분류로 바꾸기</translation>
    </message>
    <message>
        <source>Move a sample</source>
        <translation>샘플 옮기기</translation>
    </message>
    <message>
        <source>Move the threshold</source>
        <translation>임계값 옮기기</translation>
    </message>
    <message>
        <source>Move {count} samples</source>
        <translation>샘플 {count}개 옮기기</translation>
    </message>
    <message>
        <source>New document</source>
        <translation>새 문서</translation>
    </message>
    <message>
        <source>Open a scene</source>
        <translation>장면 열기</translation>
    </message>
    <message>
        <source>Open another document</source>
        <translation>다른 문서 열기</translation>
    </message>
    <message>
        <source>Open samples</source>
        <translation>샘플 열기</translation>
    </message>
    <message>
        <source>Open weights</source>
        <translation>가중치 열기</translation>
    </message>
    <message>
        <source>Remove a class</source>
        <translation>범주 삭제</translation>
    </message>
    <message>
        <source>Remove a sample</source>
        <translation>샘플 삭제</translation>
    </message>
    <message>
        <source>Remove your own line</source>
        <translation>내 기준선 없애기</translation>
    </message>
    <message>
        <source>Remove {count} samples</source>
        <translation>샘플 {count}개 삭제</translation>
    </message>
    <message>
        <source>Rename a class</source>
        <translation>범주 이름 바꾸기</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>Copy all weights and formulas</source>
        <translation>가중치와 식을 모두 복사</translation>
    </message>
    <message>
        <source>Select the model trained on {loss}</source>
        <translation>{loss}로 학습한 모델 고르기</translation>
    </message>
    <message>
        <source>The decision boundary at the present threshold</source>
        <translation>현재 임계값에서의 분류 기준선</translation>
    </message>
    <message>
        <source>The same model in cm and kg: works out the logit by hand to 0.01</source>
        <translation>같은 모델을 cm와 kg로 쓴 식: 손으로 계산해도 로짓이 0.01까지 맞습니다</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Weights of the standardised height and weight, and the bias</source>
        <translation>표준화한 키와 몸무게의 가중치와 편향</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>키</translation>
    </message>
    <message>
        <source>kg</source>
        <translation>몸무게</translation>
    </message>
    <message>
        <source>line: {formula}</source>
        <translation>기준선: {formula}</translation>
    </message>
</context>
</TS>
