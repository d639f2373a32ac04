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
        <translation>폴 라인(fall line)은 비탈을 곧장 내려가는 선, 곧 경사 하강법이 가는 길입니다. 키와 몸무게로 사람들을 놓고 학습을 눌러, 분류 기준선을 찾아가는 모습을 지켜보십시오.</translation>
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
        <source>&amp;Curves and lab column</source>
        <translation>곡선과 실험 열(&amp;C)</translation>
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
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>Ex&amp;port samples as CSV…</source>
        <translation>샘플을 CSV로 내보내기(&amp;P)…</translation>
    </message>
    <message>
        <source>Give or take label {number}</source>
        <translation>레이블 {number} 달기/떼기</translation>
    </message>
    <message>
        <source>Remo&amp;ve your own line</source>
        <translation>내 기준선 없애기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Reset to the same start</source>
        <translation>같은 시작점으로 되돌리기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Each sample&apos;s pull</source>
        <translation>샘플마다 당기는 힘(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Korean (18.5 / 23 / 25)</source>
        <translation>대한비만학회 (18.5 / 23 / 25)(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>없음(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Paste samples…</source>
        <translation>샘플 붙여넣기(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Perceptron lines from 30 starts</source>
        <translation>30개 시작점의 퍼셉트론 기준선(&amp;P)</translation>
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
        <source>&amp;WHO (18.5 / 25 / 30)</source>
        <translation>세계보건기구 (18.5 / 25 / 30)(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Weights</source>
        <translation>가중치(&amp;W)</translation>
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
        <source>C&amp;opy as one line of text</source>
        <translation>한 줄 텍스트로 복사(&amp;O)</translation>
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
        <source>Ed&amp;it sample…</source>
        <translation>샘플 편집(&amp;I)…</translation>
    </message>
    <message>
        <source>Export &amp;film…</source>
        <translation>영상으로 내보내기(&amp;F)…</translation>
    </message>
    <message>
        <source>Export &amp;handout…</source>
        <translation>수업 자료 내보내기(&amp;H)…</translation>
    </message>
    <message>
        <source>Export loss cur&amp;ves as CSV…</source>
        <translation>손실 곡선을 CSV로 내보내기(&amp;V)…</translation>
    </message>
    <message>
        <source>Export p&amp;icture…</source>
        <translation>그림으로 내보내기(&amp;I)…</translation>
    </message>
    <message>
        <source>Export wor&amp;ksheet with blanks…</source>
        <translation>빈칸 학습지 내보내기(&amp;K)…</translation>
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
        <source>Label by B&amp;MI…</source>
        <translation>BMI로 레이블 매기기(&amp;M)…</translation>
    </message>
    <message>
        <source>Loss cur&amp;ves</source>
        <translation>손실 곡선(&amp;V)</translation>
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
        <source>Save &amp;as…</source>
        <translation>다른 이름으로 저장(&amp;A)…</translation>
    </message>
    <message>
        <source>Selec&amp;t all</source>
        <translation>모두 선택(&amp;T)</translation>
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
        <source>Spreadsheet formulas</source>
        <translation>스프레드시트 수식</translation>
    </message>
    <message>
        <source>Train from &amp;your own line</source>
        <translation>내 기준선에서 학습(&amp;Y)</translation>
    </message>
    <message>
        <source>Your own &amp;line</source>
        <translation>내 기준선(&amp;L)</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Something went wrong inside the program. Your samples and weights are still here; save them before you go on. What happened is written to {where}.</source>
        <translation>프로그램 안에서 문제가 생겼습니다. 샘플과 가중치는 그대로 있으니, 계속하기 전에 저장하십시오. 무슨 일이 있었는지는 {where}에 기록되어 있습니다.</translation>
    </message>
    <message>
        <source>the terminal</source>
        <translation>터미널</translation>
    </message>
</context>
<context>
    <name>BatchHint</name>
    <message>
        <source>Mini-batches: each step looks at {batch} samples, drawn anew in every epoch</source>
        <translation>미니배치: 한 스텝이 샘플 {batch}개만 보며, 에포크마다 새로 나눕니다</translation>
    </message>
    <message>
        <source>One step uses {count} samples: {speed} steps a second. Batches of {batch} make many more, each less exact.</source>
        <translation>한 스텝이 샘플 {count}개를 씁니다. 초당 {speed}스텝입니다. 배치를 {batch}개로 하면 스텝이 훨씬 많아지지만 하나하나는 덜 정확합니다.</translation>
    </message>
    <message>
        <source>Use batches of {batch}</source>
        <translation>{batch}개씩 배치로 학습</translation>
    </message>
</context>
<context>
    <name>Bmi</name>
    <message>
        <source>Korean Society for the Study of Obesity (18.5 / 23 / 25)</source>
        <translation>대한비만학회 (18.5 / 23 / 25)</translation>
    </message>
    <message>
        <source>World Health Organization (18.5 / 25 / 30)</source>
        <translation>세계보건기구 (18.5 / 25 / 30)</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>A sample may carry several labels, or none of them: K sigmoids learn each</source>
        <translation>한 샘플에 레이블이 여러 개 있거나 하나도 없을 수 있습니다. 시그모이드 K개는 레이블마다 따로 학습합니다</translation>
    </message>
    <message>
        <source>BMI {cut}</source>
        <translation>BMI {cut}</translation>
    </message>
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
        <source>Held out</source>
        <translation>테스트용</translation>
    </message>
    <message>
        <source>Held out: no part of the loss and gradient of training.</source>
        <translation>테스트용: 학습의 손실과 그래디언트에 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>Hold out of training</source>
        <translation>테스트용으로 남겨 두기</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>레이블</translation>
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
        <source>Training never sees a held-out sample; it tests the models</source>
        <translation>테스트용 샘플은 학습에 쓰이지 않으며, 모델을 시험하는 데 씁니다</translation>
    </message>
    <message>
        <source>Training starts from your line&apos;s weights (Ctrl+L)</source>
        <translation>내 기준선의 가중치에서 학습을 시작합니다 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Use for training</source>
        <translation>학습에 사용</translation>
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
        <source>area: share of the gradient of {loss}</source>
        <translation>넓이: {loss} 그래디언트에서 차지하는 몫</translation>
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
        <source>no sample pulls: the gradient is 0</source>
        <translation>당기는 샘플이 없습니다: 그래디언트가 0입니다</translation>
    </message>
    <message>
        <source>none of them</source>
        <translation>모두 해당 없음</translation>
    </message>
    <message>
        <source>optimum</source>
        <translation>최적해</translation>
    </message>
    <message>
        <source>perceptron, {count} starts</source>
        <translation>퍼셉트론, 시작점 {count}개</translation>
    </message>
    <message>
        <source>pulls are shown for up to {count} samples</source>
        <translation>당기는 힘은 샘플 {count}개까지 보여 줍니다</translation>
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
        <source>{count} samples, shown as density</source>
        <translation>샘플 {count}개를 밀도로 표시</translation>
    </message>
    <message>
        <source>{count} samples, shown as density; {marked} of {selected} selected ones marked</source>
        <translation>샘플 {count}개를 밀도로 표시, 선택한 {selected}개 가운데 {marked}개만 따로 표시</translation>
    </message>
    <message>
        <source>{height_cm} cm, {weight_kg} kg</source>
        <translation>{height_cm} cm, {weight_kg} kg</translation>
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
        <source>obese</source>
        <translation>비만</translation>
    </message>
    <message>
        <source>overweight</source>
        <translation>과체중</translation>
    </message>
    <message>
        <source>tall</source>
        <translation>큰 키</translation>
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
        <source>Labels</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Weight (kg)</source>
        <translation>몸무게 (kg)</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>레이블 없음</translation>
    </message>
    <message>
        <source>several labels, or none of them</source>
        <translation>레이블 여러 개 또는 해당 없음</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>&quot;{path}&quot; holds the data and is not overwritten.</source>
        <translation>&quot;{path}&quot; 파일에는 데이터가 들어 있어 덮어쓰지 않습니다.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot; is too large to be weights.</source>
        <translation>&quot;{path}&quot;: 가중치 파일이라기에는 너무 큽니다.</translation>
    </message>
    <message>
        <source>&quot;{path}&quot;: the name must end in {suffixes}.</source>
        <translation>&quot;{path}&quot;: 이름이 {suffixes} 중 하나로 끝나야 합니다.</translation>
    </message>
    <message>
        <source>1 to {most} classes</source>
        <translation>범주 1개에서 {most}개</translation>
    </message>
    <message>
        <source>A CSV file is made of the views loss and samples, and the latter makes nothing else.</source>
        <translation>CSV 파일은 loss와 samples 보기로만 만들 수 있고, samples 보기로는 CSV 파일만 만들 수 있습니다.</translation>
    </message>
    <message>
        <source>A cell of the row that begins here has more than {most} characters. Most often a quote ({quote}) opens in it and is never closed: close it or take it out, and open the table again.</source>
        <translation>여기서 시작하는 행에 {most}자가 넘는 칸이 있습니다. 대개 그 칸에서 따옴표({quote})가 열리고 닫히지 않은 경우입니다. 따옴표를 닫거나 지운 다음 표를 다시 여십시오.</translation>
    </message>
    <message>
        <source>A class has no samples: the best weights do not exist, part of the weights grow for ever while the accuracy stays.</source>
        <translation>샘플이 없는 범주가 있습니다. 가장 좋은 가중치는 존재하지 않으며, 정확도는 그대로인데 가중치 일부가 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>A film is at most {most} pixels wide and high.</source>
        <translation>영상의 가로와 세로는 각각 {most}픽셀까지입니다.</translation>
    </message>
    <message>
        <source>A film of this size and format has at most {most} frames, and this one would have {count}: take more steps a frame.</source>
        <translation>이 크기와 형식의 영상은 프레임이 {most}개까지인데, 이 영상은 {count}개가 됩니다. 프레임당 스텝 수를 늘리십시오.</translation>
    </message>
    <message>
        <source>A line says nothing about hidden layers: training starts from it in a model without them.</source>
        <translation>직선은 은닉층에 대해 아무것도 말해 주지 않습니다. 은닉층이 없는 모델에서만 직선에서 학습을 시작합니다.</translation>
    </message>
    <message>
        <source>A linear model with z^2 / sum z^2</source>
        <translation>z^2을 그 합으로 나누는 선형 모델</translation>
    </message>
    <message>
        <source>A linear model with |z| / sum |z|</source>
        <translation>|z|를 그 합으로 나누는 선형 모델</translation>
    </message>
    <message>
        <source>A model with hidden layers has no single best weights to compute.</source>
        <translation>은닉층이 있는 모델에는 계산할 수 있는 단 하나의 가장 좋은 가중치가 없습니다.</translation>
    </message>
    <message>
        <source>A model with hidden layers is for two classes, and these are {count}.</source>
        <translation>은닉층이 있는 모델은 범주가 둘일 때 씁니다. 지금 범주는 {count}개입니다.</translation>
    </message>
    <message>
        <source>A multi-layer perceptron</source>
        <translation>다층 퍼셉트론</translation>
    </message>
    <message>
        <source>A page to hand out is a picture, not a film.</source>
        <translation>수업 자료는 영상이 아니라 그림으로만 만들 수 있습니다.</translation>
    </message>
    <message>
        <source>A picture of {width} x {height} pixels is too large to be made.</source>
        <translation>{width} x {height} 픽셀 그림은 너무 커서 만들 수 없습니다.</translation>
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
        <source>A step perceptron</source>
        <translation>단위 계단 함수를 쓰는 퍼셉트론</translation>
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
        <source>Another model shape: a new run starts from new start weights.</source>
        <translation>모델의 형태가 바뀌었습니다. 새 시작 가중치에서 새로 시작합니다.</translation>
    </message>
    <message>
        <source>Another model shape: a new run starts from the converted weights.</source>
        <translation>모델의 형태가 바뀌었습니다. 변환한 가중치에서 새로 시작합니다.</translation>
    </message>
    <message>
        <source>Another program has changed the numbers of this file since Fall Line wrote it.</source>
        <translation>Fall Line이 저장한 뒤에 다른 프로그램이 이 파일의 숫자를 바꾸었습니다.</translation>
    </message>
    <message>
        <source>BCE is for two classes, and these are {count}: choose CE or MSE.</source>
        <translation>BCE는 범주가 둘일 때 씁니다. 범주가 {count}개이니 CE나 MSE를 고르십시오.</translation>
    </message>
    <message>
        <source>Between 2 and {most} classes are possible, not {count}.</source>
        <translation>범주는 2개에서 {most}개까지 가능합니다. {count}개는 안 됩니다.</translation>
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
        <source>From zeros this output layer is undefined: every logit is 0. Its gradient counts as 0 there, so training cannot move it. Choose a start by chance, then reset.</source>
        <translation>0에서 시작하면 모든 로짓이 0이어서 이 출력층은 정의되지 않습니다. 그래디언트를 0으로 보므로 학습이 모델을 움직이지 못합니다. 무작위 시작을 고른 뒤 처음으로 되돌리십시오.</translation>
    </message>
    <message>
        <source>Gradient = 0: the step jumps at z = 0 and its derivative is 0 everywhere else, so gradient descent cannot move the line.</source>
        <translation>그래디언트 = 0: 단위 계단 함수는 z = 0에서 뛰고 나머지에서는 도함수가 0이라, 경사 하강법으로는 기준선을 움직일 수 없습니다.</translation>
    </message>
    <message>
        <source>Imbalanced classes</source>
        <translation>불균형한 범주</translation>
    </message>
    <message>
        <source>Independent sigmoids, one for each class,</source>
        <translation>범주마다 하나씩인 독립 시그모이드</translation>
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
        <source>Logistic regression</source>
        <translation>로지스틱 회귀</translation>
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
        <source>No column holds numbers that could be heights or weights. Choose a table with a column of each.</source>
        <translation>키나 몸무게가 될 만한 수가 든 열이 없습니다. 키 열과 몸무게 열이 있는 표를 고르십시오.</translation>
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
        <source>One line has room for {most} samples, and these are {count}: save a session instead.</source>
        <translation>한 줄에는 샘플을 {most}개까지 담을 수 있는데 지금은 {count}개입니다. 세션으로 저장하십시오.</translation>
    </message>
    <message>
        <source>One outlier</source>
        <translation>이상치 하나</translation>
    </message>
    <message>
        <source>Only the column “{name}” holds numbers, and height and weight need one each. Choose a table with both.</source>
        <translation>수가 든 열은 “{name}”뿐인데, 키와 몸무게에는 열이 하나씩 필요합니다. 두 열이 모두 있는 표를 고르십시오.</translation>
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
        <source>Paste at C1, with a height in cm in A2 and a weight in kg in B2; fill down for more people. Numbers stand in full; spreadsheets use 15 digits of each.</source>
        <translation>C1에 붙여넣고 A2에는 키(cm), B2에는 몸무게(kg)를 넣으십시오. 사람이 더 있으면 아래로 채우십시오. 숫자는 모든 자리를 적었으며, 스프레드시트는 그중 15자리를 씁니다.</translation>
    </message>
    <message>
        <source>Separable by a line</source>
        <translation>선형 분리 가능</translation>
    </message>
    <message>
        <source>Several columns are called &quot;{name}&quot;. Choose one of {existing}.</source>
        <translation>&quot;{name}&quot; 열이 여럿입니다. 다음 중에서 고르십시오: {existing}.</translation>
    </message>
    <message>
        <source>Softmax regression</source>
        <translation>소프트맥스 회귀</translation>
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
        <translation>{searches}번 탐색해 찾은 최선의 MSE입니다. MSE는 아래로 볼록하지 않으므로 더 나은 값이 있을 수 있습니다.</translation>
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
        <source>The file holds {found} in place of {expected}.</source>
        <translation>파일에 있어야 할 것: {expected}. 실제로 있는 것: {found}.</translation>
    </message>
    <message>
        <source>The file is empty: choose another one.</source>
        <translation>파일이 비어 있습니다: 다른 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The film ends at step {step}, where the run does: {reason}</source>
        <translation>학습이 끝난 스텝 {step}에서 영상도 끝납니다: {reason}</translation>
    </message>
    <message>
        <source>The label &quot;{label}&quot; is given to both &quot;{first}&quot; and &quot;{second}&quot;.</source>
        <translation>레이블 &quot;{label}&quot; 값이 &quot;{first}&quot; 범주와 &quot;{second}&quot; 범주에 모두 들어 있습니다.</translation>
    </message>
    <message>
        <source>The label column has {count} different values, and at most {most} classes are possible: choose which values make which class.</source>
        <translation>레이블 열에 서로 다른 값이 {count}개 있는데 범주는 {most}개까지 가능합니다. 어느 값이 어느 범주인지 고르십시오.</translation>
    </message>
    <message>
        <source>The model “{model}” is for two classes, and these are {count}.</source>
        <translation>“{model}” 모델은 범주가 둘일 때 쓰는데, 이 데이터의 범주는 {count}개입니다.</translation>
    </message>
    <message>
        <source>The model “{model}” is trained on {likelihood} or MSE, not on {loss}.</source>
        <translation>“{model}” 모델은 {likelihood} 또는 MSE로 학습하며, {loss}로는 학습하지 않습니다.</translation>
    </message>
    <message>
        <source>The only label in the rows that can be used is &quot;{label}&quot;: two classes are needed.</source>
        <translation>쓸 수 있는 행의 레이블이 &quot;{label}&quot; 하나뿐입니다. 범주가 둘 필요합니다.</translation>
    </message>
    <message>
        <source>The saved weights are those of another model.</source>
        <translation>저장된 가중치는 다른 모델의 것입니다.</translation>
    </message>
    <message>
        <source>The scene is cut off: its line ends with a colon, and this one does not.</source>
        <translation>장면이 중간에 잘렸습니다. 한 줄은 쌍점(:)으로 끝나야 하는데 그렇지 않습니다.</translation>
    </message>
    <message>
        <source>The scene is damaged: its check sum is wrong. Copy the whole line again.</source>
        <translation>장면이 손상되었습니다. 체크섬이 맞지 않습니다. 한 줄 전체를 다시 복사하십시오.</translation>
    </message>
    <message>
        <source>The scene is whole, but holds what no document can.</source>
        <translation>장면은 온전하지만 문서에 있을 수 없는 내용이 들어 있습니다.</translation>
    </message>
    <message>
        <source>The search for the best weights was stopped.</source>
        <translation>가장 좋은 가중치를 찾는 일을 멈췄습니다.</translation>
    </message>
    <message>
        <source>The spreadsheet is protected by a password. Save it without one and open that.</source>
        <translation>스프레드시트가 암호로 보호되어 있습니다. 암호 없이 저장한 다음 그 파일을 여십시오.</translation>
    </message>
    <message>
        <source>The spreadsheet is too large to be opened. Save its sheet as CSV and open that.</source>
        <translation>스프레드시트가 너무 커서 열 수 없습니다. 시트를 CSV로 저장한 다음 그 파일을 여십시오.</translation>
    </message>
    <message>
        <source>The start has {given} numbers; this model needs {needed}.</source>
        <translation>시작 가중치가 {given}개인데 이 모델에는 {needed}개가 필요합니다.</translation>
    </message>
    <message>
        <source>The step model has no best weights to compute: its error rate is flat almost everywhere.</source>
        <translation>계단 모델에는 계산할 가장 좋은 가중치가 없습니다. 오답률이 거의 모든 곳에서 평평합니다.</translation>
    </message>
    <message>
        <source>The table has more than {most} rows: so many can be read only from a file whose rows have the same number of cells, each on a line of its own.</source>
        <translation>표의 행이 {most}개보다 많습니다. 이렇게 많은 행은 모든 행의 칸 수가 같고 행마다 한 줄을 차지하는 파일에서만 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>The table has {count} columns, and at most {most} can be read.</source>
        <translation>표의 열이 {count}개인데, 최대 {most}개까지 읽을 수 있습니다.</translation>
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
        <translation>&quot;{name}&quot; 열이 없습니다. &quot;{near}&quot; 열을 뜻합니까? 있는 열: {existing}.</translation>
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
        <source>There is no labelled sample to train on.</source>
        <translation>학습할 레이블이 있는 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>There is no scene in this text.</source>
        <translation>이 텍스트에는 장면이 없습니다.</translation>
    </message>
    <message>
        <source>There is no view “{view}”.</source>
        <translation>“{view}”라는 보기는 없습니다.</translation>
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
        <source>This is not a recovery file that can be read.</source>
        <translation>읽을 수 있는 복구 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>This is not a scene of Fall Line.</source>
        <translation>Fall Line의 장면이 아닙니다.</translation>
    </message>
    <message>
        <source>This is not a session of Fall Line.</source>
        <translation>Fall Line 세션이 아닙니다.</translation>
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
        <source>This output layer cannot tell a logit from its opposite, so no line says what it should do: training starts from a line in another model.</source>
        <translation>이 출력층은 로짓과 그 반대 부호를 구별하지 못하므로 직선으로 시작을 정할 수 없습니다. 직선에서 시작하려면 다른 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>This output layer has no single best weights to compute: its loss is not convex in them.</source>
        <translation>이 출력층에는 계산할 수 있는 단 하나의 가장 좋은 가중치가 없습니다. 손실이 가중치에 대해 아래로 볼록하지 않습니다.</translation>
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
        <source>This scene was copied from a newer Fall Line.</source>
        <translation>이 장면은 더 새로운 Fall Line에서 복사되었습니다.</translation>
    </message>
    <message>
        <source>This session was made by a newer Fall Line: version {version} of the format; this program reads version {known}.</source>
        <translation>더 새로운 Fall Line에서 만든 세션입니다. 형식 버전 {version}이며, 이 프로그램은 버전 {known}을 읽습니다.</translation>
    </message>
    <message>
        <source>This text is too long to be a scene in one line.</source>
        <translation>한 줄 장면이라고 하기에는 텍스트가 너무 깁니다.</translation>
    </message>
    <message>
        <source>This {format} file was not exported by Fall Line; others cannot be opened.</source>
        <translation>이 {format} 파일은 Fall Line에서 내보낸 것이 아닙니다. 다른 프로그램의 파일은 열 수 없습니다.</translation>
    </message>
    <message>
        <source>Training diverged by step {step}; nothing was exported. Try a learning rate of {rate}.</source>
        <translation>스텝 {step}까지 가는 동안 학습이 발산했습니다. 아무것도 내보내지 않았습니다. 학습률 {rate} 값을 써 보십시오.</translation>
    </message>
    <message>
        <source>Training diverged by step {step}; nothing was exported. Try a smaller learning rate.</source>
        <translation>스텝 {step}까지 가는 동안 학습이 발산했습니다. 아무것도 내보내지 않았습니다. 학습률을 줄여 보십시오.</translation>
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
        <translation>학습률 {rate} 값을 써 보십시오.</translation>
    </message>
    <message>
        <source>Try a smaller learning rate.</source>
        <translation>학습률을 줄여 보십시오.</translation>
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
        <source>a check sum is wrong, so it is damaged: copy or export it again</source>
        <translation>검사합이 맞지 않아 손상된 파일입니다. 다시 복사하거나 다시 내보내십시오</translation>
    </message>
    <message>
        <source>a choice from 0 to {last}</source>
        <translation>0부터 {last}까지의 선택지</translation>
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
        <source>a comma, a colon, a bracket or a quotation mark is missing, or there is one too many</source>
        <translation>쉼표, 콜론, 괄호 또는 따옴표가 빠졌거나 하나 더 있습니다</translation>
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
        <source>a mistake in the program, which its log describes</source>
        <translation>프로그램 안에서 오류가 났습니다. 자세한 내용은 로그에 있습니다</translation>
    </message>
    <message>
        <source>a model from 0 to {last}</source>
        <translation>0부터 {last}까지의 모델</translation>
    </message>
    <message>
        <source>a model with an output node for each class, as there are not two classes</source>
        <translation>범주마다 출력 노드가 있는 모델(범주가 둘이 아니므로)</translation>
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
        <source>a number has too many digits</source>
        <translation>자릿수가 너무 많은 수가 있습니다</translation>
    </message>
    <message>
        <source>a quotation mark is missing in this row, or there is one too many, or a cell is far too long.</source>
        <translation>이 행에 따옴표가 빠졌거나 하나 더 있거나, 칸 하나가 지나치게 깁니다.</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>a text in quotation marks is not closed, or holds a character or a backslash that does not belong there</source>
        <translation>따옴표로 연 텍스트가 닫히지 않았거나, 텍스트 안에 쓸 수 없는 문자 또는 백슬래시가 있습니다</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>a whole number from {least} to {most}</source>
        <translation>{least}에서 {most}까지의 정수</translation>
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
        <source>another comparison, as the model is neither softmax nor K sigmoids</source>
        <translation>다른 비교 방식(모델이 소프트맥스도 K개 시그모이드도 아니므로)</translation>
    </message>
    <message>
        <source>another name</source>
        <translation>다른 이름</translation>
    </message>
    <message>
        <source>another optimiser, as the model is not “step”</source>
        <translation>모델이 “step”이 아니므로 다른 최적화 기법</translation>
    </message>
    <message>
        <source>another program is using it: close it there and try again</source>
        <translation>다른 프로그램이 쓰고 있습니다. 그 프로그램에서 닫은 다음 다시 해 보십시오</translation>
    </message>
    <message>
        <source>another text than the choices before</source>
        <translation>앞의 선택지와 다른 글</translation>
    </message>
    <message>
        <source>another value</source>
        <translation>다른 값</translation>
    </message>
    <message>
        <source>brackets stand within brackets too many times</source>
        <translation>괄호 안에 괄호가 너무 여러 겹 들어 있습니다</translation>
    </message>
    <message>
        <source>column {number}</source>
        <translation>{number}열</translation>
    </message>
    <message>
        <source>each label once</source>
        <translation>레이블마다 한 번씩</translation>
    </message>
    <message>
        <source>it is a file of another kind: open one that Fall Line exported</source>
        <translation>다른 종류의 파일입니다. Fall Line에서 내보낸 파일을 여십시오</translation>
    </message>
    <message>
        <source>it is a folder: choose a file</source>
        <translation>폴더입니다. 파일을 고르십시오</translation>
    </message>
    <message>
        <source>it is damaged or cut off: copy or export it again</source>
        <translation>손상되었거나 잘린 파일입니다. 다시 복사하거나 다시 내보내십시오</translation>
    </message>
    <message>
        <source>it needs something that Fall Line does not write: open one that Fall Line exported</source>
        <translation>Fall Line에서 쓰지 않는 기능이 필요한 파일입니다. Fall Line에서 내보낸 파일을 여십시오</translation>
    </message>
    <message>
        <source>it unpacks to more than {most} MB, and no weights are so large</source>
        <translation>압축을 풀면 {most} MB가 넘는데, 그렇게 큰 가중치는 없습니다</translation>
    </message>
    <message>
        <source>its end is missing or wrong, as if it were cut off: copy or export it again</source>
        <translation>파일이 잘린 것처럼 끝부분이 없거나 맞지 않습니다. 다시 복사하거나 다시 내보내십시오</translation>
    </message>
    <message>
        <source>its text is not UTF-8</source>
        <translation>텍스트가 UTF-8이 아닙니다</translation>
    </message>
    <message>
        <source>layer {layer} node {node}</source>
        <translation>층 {layer} 노드 {node}</translation>
    </message>
    <message>
        <source>line {line}, column {column}: {problem}</source>
        <translation>{line}행 {column}열: {problem}</translation>
    </message>
    <message>
        <source>no file can have this name: choose another one</source>
        <translation>파일에 쓸 수 없는 이름입니다. 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>nothing more belongs here.</source>
        <translation>여기에는 더 이상 아무것도 올 수 없습니다.</translation>
    </message>
    <message>
        <source>permission denied: change the permissions, or choose another file or folder</source>
        <translation>권한이 없습니다. 권한을 바꾸거나 다른 파일 또는 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>something follows after the end</source>
        <translation>끝난 뒤에 다른 내용이 더 있습니다</translation>
    </message>
    <message>
        <source>something stands here that JSON does not allow</source>
        <translation>JSON에서 허용하지 않는 것이 있습니다</translation>
    </message>
    <message>
        <source>taken out by hand, as its values are outside sense</source>
        <translation>값이 있을 수 있는 범위를 벗어나 직접 제외했습니다</translation>
    </message>
    <message>
        <source>the disk can only be read: save elsewhere</source>
        <translation>읽기 전용 디스크입니다. 다른 곳에 저장하십시오</translation>
    </message>
    <message>
        <source>the disk is full: free some space or save elsewhere</source>
        <translation>디스크가 가득 찼습니다. 공간을 비우거나 다른 곳에 저장하십시오</translation>
    </message>
    <message>
        <source>the disk reports an error: check that it is connected and sound, or use another place</source>
        <translation>디스크에서 오류가 났습니다. 디스크가 연결되어 있고 이상이 없는지 확인하거나 다른 곳을 쓰십시오</translation>
    </message>
    <message>
        <source>the drive or network folder does not answer: connect it again, or use another place</source>
        <translation>드라이브나 네트워크 폴더가 응답하지 않습니다. 다시 연결하거나 다른 곳을 쓰십시오</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>the name is too long: choose a shorter one</source>
        <translation>이름이 너무 깁니다. 더 짧은 이름을 고르십시오</translation>
    </message>
    <message>
        <source>the system refuses it (error {number}): try again, or use another file or folder</source>
        <translation>시스템이 거부했습니다(오류 {number}). 다시 해 보거나 다른 파일 또는 폴더를 쓰십시오</translation>
    </message>
    <message>
        <source>the system refuses it: try again, or use another file or folder</source>
        <translation>시스템이 거부했습니다. 다시 해 보거나 다른 파일 또는 폴더를 쓰십시오</translation>
    </message>
    <message>
        <source>the table ends before all weights have come.</source>
        <translation>가중치가 모두 나오기 전에 표가 끝났습니다.</translation>
    </message>
    <message>
        <source>the text ends too early</source>
        <translation>텍스트가 중간에서 끝납니다</translation>
    </message>
    <message>
        <source>there is no such file or folder: it may have been moved or renamed, so choose it again</source>
        <translation>그런 파일이나 폴더가 없습니다. 옮겨졌거나 이름이 바뀌었을 수 있으니 다시 고르십시오</translation>
    </message>
    <message>
        <source>there is not enough memory: close something and try again</source>
        <translation>메모리가 부족합니다. 몇 개를 닫은 다음 다시 해 보십시오</translation>
    </message>
    <message>
        <source>too many files are open: close something and try again</source>
        <translation>열려 있는 파일이 너무 많습니다. 몇 개를 닫은 다음 다시 해 보십시오</translation>
    </message>
    <message>
        <source>your share of the disk is used up: free some space or save elsewhere</source>
        <translation>디스크에서 할당받은 공간을 다 썼습니다. 공간을 비우거나 다른 곳에 저장하십시오</translation>
    </message>
    <message>
        <source>z height</source>
        <translation>키의 z</translation>
    </message>
    <message>
        <source>z weight</source>
        <translation>몸무게의 z</translation>
    </message>
    <message>
        <source>{model} trained on {loss} with Fall Line.</source>
        <translation>Fall Line에서 {loss}로 학습한 {model}입니다.</translation>
    </message>
    <message>
        <source>{name} is no JSON number</source>
        <translation>{name}은(는) JSON에서 쓸 수 있는 수가 아닙니다</translation>
    </message>
    <message>
        <source>{path}: ids must increase from sample to sample.</source>
        <translation>{path}: id는 샘플마다 커져야 합니다.</translation>
    </message>
    <message>
        <source>{path}: the class must be the lowest of the label set.</source>
        <translation>{path}: 범주는 레이블 집합에서 가장 작은 것이어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: the length of the list must be at least {bound}.</source>
        <translation>{path}: 목록의 길이가 {bound} 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: the length of the list must be at most {bound}.</source>
        <translation>{path}: 목록의 길이가 {bound} 이하여야 합니다.</translation>
    </message>
    <message>
        <source>{path}: the length of the list must be {bound}.</source>
        <translation>{path}: 목록의 길이가 {bound}이어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: the number must be at least {bound}.</source>
        <translation>{path}: 수가 {bound} 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: the number must be at most {bound}.</source>
        <translation>{path}: 수가 {bound} 이하여야 합니다.</translation>
    </message>
    <message>
        <source>{path}: the number must be greater than {bound}.</source>
        <translation>{path}: 수가 {bound}보다 커야 합니다.</translation>
    </message>
    <message>
        <source>{path}: the number must be less than {bound}.</source>
        <translation>{path}: 수가 {bound}보다 작아야 합니다.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>“{path}” 파일을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written, because its folder is not there: choose another folder, or make it first.</source>
        <translation>폴더가 없어서 “{path}” 파일에 쓸 수 없습니다. 다른 폴더를 고르거나 먼저 만드십시오.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {reason}.</source>
        <translation>“{path}” 파일에 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” is a folder, not a file.</source>
        <translation>“{path}”은(는) 파일이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>“{path}” is to be written twice.</source>
        <translation>“{path}” 파일이 두 번 지정되었습니다.</translation>
    </message>
    <message>
        <source>{path}: the number is too large.</source>
        <translation>{path}: 수가 너무 큽니다.</translation>
    </message>
    <message>
        <source>{path}: the settings train {expected}.</source>
        <translation>{path}: 설정에 따라 학습하는 것은 {expected}입니다.</translation>
    </message>
    <message>
        <source>{path}: the steps must be whole numbers that increase, up to {step}.</source>
        <translation>{path}: 스텝은 {step}까지 커지는 정수여야 합니다.</translation>
    </message>
    <message>
        <source>{path}: there is no such class.</source>
        <translation>{path}: 그런 범주가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: there is no such class; the session has only {count} classes, 0 to {last}.</source>
        <translation>{path}: 그런 범주가 없습니다. 이 세션의 범주는 0부터 {last}까지 {count}개뿐입니다.</translation>
    </message>
    <message>
        <source>{path}: this value cannot stand here.</source>
        <translation>{path}: 여기에 쓸 수 없는 값입니다.</translation>
    </message>
    <message>
        <source>{path}: with fewer than two classes there is no run.</source>
        <translation>{path}: 범주가 둘보다 적으면 학습 과정이 있을 수 없습니다.</translation>
    </message>
    <message>
        <source>{path}: “{value}” is not one of the possible values.</source>
        <translation>{path}: “{value}” 값은 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>“{name}” ends in none of {suffixes}.</source>
        <translation>“{name}”의 확장자가 다음 중 하나가 아닙니다: {suffixes}.</translation>
    </message>
    <message>
        <source>“{name}” was changed by another program.</source>
        <translation>“{name}” 파일을 다른 프로그램이 바꾸었습니다.</translation>
    </message>
    <message>
        <source>the row has more cells than the header has names</source>
        <translation>행의 셀이 머리글의 이름보다 많습니다</translation>
    </message>
    <message>
        <source>The file is empty: choose one with a table of heights and weights.</source>
        <translation>파일이 비어 있습니다. 키와 몸무게 표가 든 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The file is not text: open a table saved as CSV, or a spreadsheet (.xlsx, .xls, .ods).</source>
        <translation>텍스트 파일이 아닙니다. CSV로 저장한 표나 스프레드시트(.xlsx, .xls, .ods)를 여십시오.</translation>
    </message>
    <message>
        <source>The pasted text is no table. Copy cells from a spreadsheet, with a height and a weight in each row, and paste again.</source>
        <translation>붙여넣은 텍스트가 표가 아닙니다. 행마다 키와 몸무게가 있는 스프레드시트 칸을 복사한 다음 다시 붙여넣으십시오.</translation>
    </message>
    <message>
        <source>The run was changed on its way or made on another kind of processor: the film shows it from its start with the samples and settings of the end, and ends elsewhere.</source>
        <translation>학습 도중에 설정이나 데이터가 바뀌었거나 다른 종류의 프로세서에서 학습했습니다. 영상은 마지막의 샘플과 설정으로 처음부터 다시 학습한 모습이며, 끝이 다릅니다.</translation>
    </message>
    <message>
        <source>The run, taken again, leads elsewhere, as it was changed on its way or made on another kind of processor: its curves begin at step {step}.</source>
        <translation>학습을 처음부터 다시 실행하면 다른 결과에 이릅니다. 도중에 설정이나 데이터가 바뀌었거나 다른 종류의 프로세서에서 학습했기 때문입니다. 곡선은 스텝 {step}부터 시작합니다.</translation>
    </message>
    <message>
        <source>The sheet “{sheet}” is empty. Choose another sheet or file.</source>
        <translation>시트 “{sheet}”이(가) 비어 있습니다. 다른 시트나 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The spreadsheet is broken or of a kind that cannot be read. Save its sheet as CSV where it can be opened, and open that.</source>
        <translation>스프레드시트가 손상되었거나 읽을 수 없는 형식입니다. 이 파일을 열 수 있는 프로그램에서 시트를 CSV로 저장한 다음 그 파일을 여십시오.</translation>
    </message>
    <message>
        <source>The table has only one column, and height and weight need one each. Choose a table with both; its cells are separated by commas, semicolons, tabs or bars.</source>
        <translation>표에 열이 하나뿐인데, 키와 몸무게에는 열이 하나씩 필요합니다. 두 열이 모두 있는 표를 고르십시오. 칸은 쉼표, 세미콜론, 탭 또는 세로줄로 나눕니다.</translation>
    </message>
    <message>
        <source>There is a header but no rows below it: choose a table with a row for each person.</source>
        <translation>머리글만 있고 그 아래에 행이 없습니다. 사람마다 한 행이 있는 표를 고르십시오.</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”: choose another one, or make it first.</source>
        <translation>“{folder}” 폴더가 없습니다. 다른 폴더를 고르거나 먼저 만드십시오.</translation>
    </message>
    <message>
        <source>There is no such file: it may have been moved or renamed.</source>
        <translation>그런 파일이 없습니다. 옮겨졌거나 이름이 바뀌었을 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no text to make samples of.</source>
        <translation>샘플로 만들 텍스트가 없습니다.</translation>
    </message>
    <message>
        <source>These are not weights exported by Fall Line. Open weights that it exported, a session (.fallline), or a table of people (.csv, .xlsx, .ods).</source>
        <translation>Fall Line에서 내보낸 가중치가 아닙니다. Fall Line에서 내보낸 가중치, 세션(.fallline), 또는 사람들의 표(.csv, .xlsx, .ods)를 여십시오.</translation>
    </message>
    <message>
        <source>This is JSON, but not weights exported by Fall Line. Open weights that it exported, a session (.fallline), or a table of people (.csv, .xlsx, .ods).</source>
        <translation>JSON이지만 Fall Line에서 내보낸 가중치가 아닙니다. Fall Line에서 내보낸 가중치, 세션(.fallline), 또는 사람들의 표(.csv, .xlsx, .ods)를 여십시오.</translation>
    </message>
    <message>
        <source>This is a folder, not a file: open a file that is in it.</source>
        <translation>파일이 아니라 폴더입니다. 그 안에 있는 파일을 여십시오.</translation>
    </message>
    <message>
        <source>This is not a valid {format} file: {reason}.</source>
        <translation>올바른 {format} 파일이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>This table of weights is of an older version: it has no column “{name}”, and so does not say all of the model. Export the model again.</source>
        <translation>이 가중치 표는 이전 버전에서 만든 것입니다. “{name}” 열이 없어 모델의 모든 내용을 담고 있지 않습니다. 모델을 다시 내보내십시오.</translation>
    </message>
    <message>
        <source>Your work cannot be kept safe against a crash: {reason}. It goes on; save it to a file now and then.</source>
        <translation>비정상 종료에 대비해 작업을 보관할 수 없습니다: {reason}. 작업은 계속할 수 있으니 가끔 파일로 저장하십시오.</translation>
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
        <source>{count} of the {total} classes can be split off from the rest by a straight line, wholly or in part: their best weights do not exist, they grow for ever.</source>
        <translation>범주 {total}개 가운데 {count}개는 직선 하나로 나머지에서 전부 또는 일부를 갈라낼 수 있습니다. 그 범주의 가장 좋은 가중치는 존재하지 않으며 끝없이 커집니다.</translation>
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
        <source>{kind} or null</source>
        <translation>{kind} 또는 null</translation>
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
        <source>{path}: another class has this id.</source>
        <translation>{path}: 다른 범주가 이 id를 가지고 있습니다.</translation>
    </message>
    <message>
        <source>{path}: expected {expected}, found {found}.</source>
        <translation>{path}: 필요한 것은 {expected}, 있는 것은 {found}.</translation>
    </message>
</context>
<context>
    <name>Entropy</name>
    <message>
        <source>Add a sample at the same height and weight, with the next class. No model can tell the two apart: H(y) rises</source>
        <translation>키와 몸무게가 같은 샘플을 다음 범주로 추가합니다. 어떤 모델도 둘을 구별할 수 없으므로 H(y)가 올라갑니다</translation>
    </message>
    <message>
        <source>All targets are 0 or 1: H(y) = 0, so all of the loss is KL divergence.</source>
        <translation>목표값이 모두 0 아니면 1이므로 H(y) = 0이고, 손실은 모두 KL 발산입니다.</translation>
    </message>
    <message>
        <source>Cross-entropy is the entropy of the labels plus the KL divergence of the model from them: H(y) + KL(y ‖ p). No model passes H(y); training removes as much of KL as this model can.</source>
        <translation>교차 엔트로피는 레이블의 엔트로피에 모델과의 KL 발산을 더한 값, H(y) + KL(y ‖ p)입니다. 어떤 모델도 H(y) 아래로는 내려갈 수 없고, 학습은 이 모델이 할 수 있는 만큼 KL을 줄입니다.</translation>
    </message>
    <message>
        <source>Duplicate, next class</source>
        <translation>다음 범주로 복제</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>엔트로피</translation>
    </message>
    <message>
        <source>H(y) and KL(y ‖ p) of each sample, and which classes its terms come from</source>
        <translation>샘플마다 H(y)와 KL(y ‖ p), 그리고 각 항이 어느 범주에서 오는지 봅니다</translation>
    </message>
    <message>
        <source>H(y) and KL(y ‖ p) stacked, step by step</source>
        <translation>스텝마다 H(y)와 KL(y ‖ p)를 쌓아서 봅니다</translation>
    </message>
    <message>
        <source>K sigmoids: every class is a question of its own and adds -t ln p - (1 - t) ln(1 - p).</source>
        <translation>시그모이드 K개: 범주마다 따로 묻는 문제이므로 각각 -t ln p - (1 - t) ln(1 - p)를 더합니다.</translation>
    </message>
    <message>
        <source>Label smoothing: targets t = (1 - ε) y + ε / K in place of the labels y. It raises H(y), and training goes on with the softer targets</source>
        <translation>레이블 스무딩: 레이블 y 대신 목표값 t = (1 - ε) y + ε / K를 씁니다. H(y)가 올라가고, 학습은 부드러워진 목표값으로 이어집니다</translation>
    </message>
    <message>
        <source>No model passes H(y) = {bound}: {reasons}.</source>
        <translation>어떤 모델도 H(y) = {bound} 아래로 내려갈 수 없습니다: {reasons}.</translation>
    </message>
    <message>
        <source>One-hot labels: H(y) = 0, so all of the loss is KL divergence.</source>
        <translation>원-핫 레이블이므로 H(y) = 0이고, 손실은 모두 KL 발산입니다.</translation>
    </message>
    <message>
        <source>Only the true class&apos;s term counts: 0 · ln p is 0. That is enough to shape all p, as they sum to 1: what raises this one lowers the others.</source>
        <translation>정답 범주의 항만 남습니다. 0 · ln p는 0이기 때문입니다. 확률의 합이 1이므로 이것만으로 모든 p가 정해집니다. 하나를 올리면 나머지가 내려갑니다.</translation>
    </message>
    <message>
        <source>Over the run</source>
        <translation>학습 과정</translation>
    </message>
    <message>
        <source>Sample by sample</source>
        <translation>샘플별</translation>
    </message>
    <message>
        <source>Select a sample on the canvas or in the strip first. An equal sample with another label is one that no model can tell apart: H(y) rises</source>
        <translation>먼저 캔버스나 막대에서 샘플을 선택하십시오. 레이블만 다른 같은 샘플은 어떤 모델도 구별할 수 없으므로 H(y)가 올라갑니다</translation>
    </message>
    <message>
        <source>Show the lowest loss that this model can reach: it lies above H(y)</source>
        <translation>이 모델이 도달할 수 있는 가장 낮은 손실을 표시합니다. H(y)보다 위에 있습니다</translation>
    </message>
    <message>
        <source>The optimum is being found.</source>
        <translation>최적해를 찾고 있습니다.</translation>
    </message>
    <message>
        <source>The worst predicted sample</source>
        <translation>가장 크게 틀린 샘플</translation>
    </message>
    <message>
        <source>There are no training samples.</source>
        <translation>학습할 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>This model is trained on the labels as they are: it knows no label smoothing</source>
        <translation>이 모델은 레이블을 그대로 학습하며 레이블 스무딩을 쓰지 않습니다</translation>
    </message>
    <message>
        <source>This model&apos;s optimum is {optimum}: {left} of KL is left that it cannot remove. Now it is {above} above its optimum.</source>
        <translation>이 모델의 최적해는 {optimum}이며, 없앨 수 없는 KL이 {left} 남습니다. 지금은 최적해보다 {above} 위에 있습니다.</translation>
    </message>
    <message>
        <source>This sample</source>
        <translation>이 샘플</translation>
    </message>
    <message>
        <source>With soft labels the terms of all classes with t &gt; 0 count.</source>
        <translation>부드러운 레이블에서는 t &gt; 0인 모든 범주의 항이 더해집니다.</translation>
    </message>
    <message>
        <source>both terms</source>
        <translation>두 항의 합</translation>
    </message>
    <message>
        <source>bound H(y): {value}</source>
        <translation>하한 H(y): {value}</translation>
    </message>
    <message>
        <source>label smoothing</source>
        <translation>레이블 스무딩</translation>
    </message>
    <message>
        <source>labels are smoothed, ε = {eps}</source>
        <translation>레이블 스무딩 ε = {eps}</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <source>optimum</source>
        <translation>최적해</translation>
    </message>
    <message>
        <source>samples, best to worst</source>
        <translation>샘플(잘 맞힌 순)</translation>
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
        <source>sum</source>
        <translation>합</translation>
    </message>
    <message>
        <source>target t</source>
        <translation>목표값 t</translation>
    </message>
    <message>
        <source>this model&apos;s optimum: {value}</source>
        <translation>이 모델의 최적해: {value}</translation>
    </message>
    <message>
        <source>{count} equal samples, labels pooled</source>
        <translation>같은 샘플 {count}개의 레이블을 합쳐서 봅니다</translation>
    </message>
    <message>
        <source>{count} samples share height and weight with one of another label</source>
        <translation>샘플 {count}개가 레이블이 다른 샘플과 키와 몸무게가 같음</translation>
    </message>
</context>
<context>
    <name>ExactStart</name>
    <message>
        <source>Hidden layer {layer}, unit {unit}</source>
        <translation>은닉층 {layer}, 유닛 {unit}</translation>
    </message>
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
        <source>w unit {unit}</source>
        <translation>w 유닛 {unit}</translation>
    </message>
    <message>
        <source>w weight</source>
        <translation>w 몸무게</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation>취소했습니다. 저장한 파일이 없습니다.</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>캔버스</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Export film</source>
        <translation>영상으로 내보내기</translation>
    </message>
    <message>
        <source>Export handout</source>
        <translation>수업 자료 내보내기</translation>
    </message>
    <message>
        <source>Export loss curves as CSV</source>
        <translation>손실 곡선을 CSV로 내보내기</translation>
    </message>
    <message>
        <source>Export picture</source>
        <translation>그림으로 내보내기</translation>
    </message>
    <message>
        <source>Export worksheet</source>
        <translation>빈칸 학습지 내보내기</translation>
    </message>
    <message>
        <source>It could not be made: {reason}</source>
        <translation>만들지 못했습니다: {reason}</translation>
    </message>
    <message>
        <source>Lab: {title}</source>
        <translation>실험: {title}</translation>
    </message>
    <message>
        <source>Loss curves</source>
        <translation>손실 곡선</translation>
    </message>
    <message>
        <source>One film or page after the other: the one before is not done yet.</source>
        <translation>영상과 자료는 하나씩 만듭니다. 앞의 작업이 아직 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>그림을 클립보드에 복사했습니다.</translation>
    </message>
    <message>
        <source>The scene from the clipboard is open; Undo brings the old one back.</source>
        <translation>클립보드의 장면을 열었습니다. 실행 취소를 하면 이전 장면으로 돌아갑니다.</translation>
    </message>
    <message>
        <source>The scene is on the clipboard as one line of {count} characters.</source>
        <translation>장면을 {count}자 길이의 한 줄 텍스트로 클립보드에 복사했습니다.</translation>
    </message>
    <message>
        <source>There is no curve yet: press Train first.</source>
        <translation>아직 곡선이 없습니다. 먼저 학습을 시작하십시오.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Whole window</source>
        <translation>창 전체</translation>
    </message>
    <message>
        <source>the program that makes it cannot be started</source>
        <translation>만드는 프로그램을 시작할 수 없습니다</translation>
    </message>
    <message>
        <source>the program that makes it ended early (status {status}); the log says more</source>
        <translation>만드는 프로그램이 중간에 끝났습니다(상태 {status}). 자세한 내용은 로그에 있습니다</translation>
    </message>
    <message>
        <source>{name} is being made.</source>
        <translation>{name}: 만드는 중입니다.</translation>
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
        <translation>두 모델을 각각 별도의 파일로 내보냅니다</translation>
    </message>
    <message>
        <source>Choose at least one format.</source>
        <translation>형식을 하나 이상 고르십시오.</translation>
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
        <source>Model</source>
        <translation>모델</translation>
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
    <name>ExportFilm</name>
    <message>
        <source>Canvas</source>
        <translation>캔버스</translation>
    </message>
    <message>
        <source>Canvas and curves</source>
        <translation>캔버스와 곡선</translation>
    </message>
    <message>
        <source>Export film</source>
        <translation>영상으로 내보내기</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>초당 프레임</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>마지막 스텝</translation>
    </message>
    <message>
        <source>Loss curves</source>
        <translation>손실 곡선</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>보여 줄 것</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>크기(픽셀)</translation>
    </message>
    <message>
        <source>Steps per frame</source>
        <translation>프레임당 스텝</translation>
    </message>
    <message>
        <source>The film trains again from the start, with the samples and settings of now, while the window stays free.</source>
        <translation>영상은 지금의 샘플과 설정으로 처음부터 다시 학습하며 만듭니다. 그동안 창을 계속 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>{frames} frames, {seconds} seconds</source>
        <translation>프레임 {frames}개, {seconds}초</translation>
    </message>
</context>
<context>
    <name>ExportPicture</name>
    <message>
        <source>Copy to the clipboard</source>
        <translation>클립보드에 복사</translation>
    </message>
    <message>
        <source>Export picture</source>
        <translation>그림으로 내보내기</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Lines and text, sharp at any size</source>
        <translation>선과 글자로 저장되어 어떤 크기에서도 선명합니다</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>View</source>
        <translation>내보낼 화면</translation>
    </message>
    <message>
        <source>{width} x {height} pixels</source>
        <translation>{width} x {height} 픽셀</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Export samples as CSV</source>
        <translation>샘플을 CSV로 내보내기</translation>
    </message>
    <message>
        <source>Its classes are others, so all {count} samples went; Undo brings them back.</source>
        <translation>범주가 달라 샘플 {count}개가 모두 없어졌습니다. 실행 취소로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Its classes are others, so the one sample went; Undo brings it back.</source>
        <translation>범주가 달라 샘플 1개가 없어졌습니다. 실행 취소로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Paste at C1, with height in A2 and body weight in B2.</source>
        <translation>A2에 키, B2에 몸무게를 두고 C1에 붙여 넣습니다.</translation>
    </message>
    <message>
        <source>The model trained on {loss} is on the clipboard as {form}.</source>
        <translation>{loss}로 학습한 모델을 {form} 형식으로 클립보드에 복사했습니다.</translation>
    </message>
    <message>
        <source>There is no text on the clipboard to make samples of.</source>
        <translation>클립보드에 샘플로 만들 텍스트가 없습니다.</translation>
    </message>
    <message>
        <source>Written: {count} files in {folder}</source>
        <translation>저장했습니다: {folder} 폴더의 파일 {count}개</translation>
    </message>
    <message>
        <source>spreadsheet formulas</source>
        <translation>스프레드시트 수식</translation>
    </message>
    <message>
        <source>{model} is on the clipboard as {form}.</source>
        <translation>{model} 모델을 {form} 형식으로 클립보드에 복사했습니다.</translation>
    </message>
    <message>
        <source>There is no trained model to export: it needs labelled samples.</source>
        <translation>내보낼 모델이 없습니다. 레이블이 있는 샘플이 필요합니다.</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>클립보드</translation>
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
    <name>Handout</name>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Fall Line {version}. The labels are for teaching, not medical advice.</source>
        <translation>Fall Line {version}. 레이블은 교육용이며 의학적 조언이 아닙니다.</translation>
    </message>
    <message>
        <source>Formulas</source>
        <translation>수식</translation>
    </message>
    <message>
        <source>Handout</source>
        <translation>수업 자료</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>최적화 기법</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Threshold on p</source>
        <translation>p의 임계값</translation>
    </message>
    <message>
        <source>Worksheet</source>
        <translation>학습지</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>trained on</source>
        <translation>학습한 손실</translation>
    </message>
    <message>
        <source>wrong answers</source>
        <translation>오답률</translation>
    </message>
    <message>
        <source>{name}, learning rate {rate}</source>
        <translation>{name}, 학습률 {rate}</translation>
    </message>
</context>
<context>
    <name>HeldOutSection</name>
    <message>
        <source>Held out</source>
        <translation>테스트용 비율</translation>
    </message>
    <message>
        <source>Held-out samples are hollow on the canvas. Right-click one to change it</source>
        <translation>테스트용 샘플은 캔버스에 속이 빈 표식으로 보입니다. 마우스 오른쪽 단추로 바꿀 수 있습니다</translation>
    </message>
    <message>
        <source>New split</source>
        <translation>새로 나누기</translation>
    </message>
    <message>
        <source>New split: hold other samples out, as many of each class</source>
        <translation>새로 나누기: 범주마다 같은 수의 다른 샘플을 테스트용으로 남겨 둡니다</translation>
    </message>
    <message>
        <source>The held-out share is from 0 % to 50 %.</source>
        <translation>테스트용 비율은 0 %에서 50 %까지입니다.</translation>
    </message>
    <message>
        <source>Train/test split: this share of each class is held out of training, chosen by chance. How the models do on samples that they have never seen is drawn beside the training curves. The weights stay as they are</source>
        <translation>학습/테스트 분할: 각 범주에서 이 비율만큼의 샘플을 무작위로 골라 학습에 쓰지 않고 남겨 둡니다. 모델이 한 번도 보지 못한 샘플에서 얼마나 잘하는지를 학습 곡선 옆에 그립니다. 가중치는 그대로입니다</translation>
    </message>
    <message>
        <source>{count} of {all} samples, hollow</source>
        <translation>샘플 {all}개 중 {count}개, 속 빈 표식</translation>
    </message>
</context>
<context>
    <name>Hidden</name>
    <message>
        <source>A slice of the loss through two weights, or two random directions, of one layer, hatched where it curves downwards. With the hidden weights held fixed BCE stays convex in the output&apos;s weights and MSE does not; in the hidden weights neither is convex, often less so further from the output: a tendency, not a theorem, so measure it.</source>
        <translation>한 층의 두 가중치나 무작위 두 방향을 지나는 손실의 단면으로, 위로 볼록한 곳에 빗금을 긋습니다. 은닉 가중치를 고정하면 BCE는 출력 가중치에 대해 아래로 볼록하고(convex) MSE는 그렇지 않습니다. 은닉 가중치에 대해서는 둘 다 아래로 볼록하지 않으며 출력에서 멀수록 더한 경우가 많습니다. 정리가 아니라 경향이므로 직접 재 보십시오.</translation>
    </message>
    <message>
        <source>Another slice of this layer</source>
        <translation>이 층의 다른 단면</translation>
    </message>
    <message>
        <source>BCE does not do so less often than MSE in: {layers}.</source>
        <translation>BCE가 MSE보다 덜 그렇지는 않은 층: {layers}.</translation>
    </message>
    <message>
        <source>BCE does so less often than MSE in every layer.</source>
        <translation>모든 층에서 BCE가 MSE보다 덜 그렇습니다.</translation>
    </message>
    <message>
        <source>From {used} of {total} samples.</source>
        <translation>샘플 {total}개 중 {used}개로.</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>은닉층</translation>
    </message>
    <message>
        <source>Hidden layers are for two classes: make the problem binary on the left first.</source>
        <translation>은닉층은 범주가 둘일 때 씁니다. 먼저 왼쪽에서 이진 분류로 바꾸십시오.</translation>
    </message>
    <message>
        <source>How far the box reaches from the weights, along both directions</source>
        <translation>가중치에서 두 방향으로 범위가 뻗는 거리</translation>
    </message>
    <message>
        <source>How many slices of each layer are measured, 5 to 20</source>
        <translation>층마다 재는 단면의 수, 5~20</translation>
    </message>
    <message>
        <source>How often the loss curves downwards, by layer and loss</source>
        <translation>층과 손실마다 위로 볼록한 비율</translation>
    </message>
    <message>
        <source>In the output layer BCE is convex: its 0 % is certain.</source>
        <translation>출력층에서 BCE는 아래로 볼록합니다. 0 %는 확실합니다.</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>재기</translation>
    </message>
    <message>
        <source>Measure again here</source>
        <translation>여기서 다시 재기</translation>
    </message>
    <message>
        <source>Measure here</source>
        <translation>여기서 재기</translation>
    </message>
    <message>
        <source>Share of the slice&apos;s 2 × 2 Hessians with a negative eigenvalue: ± {half} along {directions} around the weights trained on {loss} at step {step}; {points} points a slice, {seeds} seeds, {samples} samples.</source>
        <translation>단면의 2 × 2 헤세 행렬에 음의 고윳값이 있는 비율: {loss}로 학습한 스텝 {step}의 가중치 둘레, {directions} ± {half}; 단면마다 점 {points}개, 시드 {seeds}개, 샘플 {samples}개.</translation>
    </message>
    <message>
        <source>Share of the slices that are measured</source>
        <translation>잰 단면의 비율</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>단면</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>The further from the output, the more often both losses curve downwards here: a tendency, not a theorem.</source>
        <translation>여기서는 출력에서 멀수록 두 손실이 더 자주 위로 볼록합니다. 정리가 아니라 경향입니다.</translation>
    </message>
    <message>
        <source>The layer whose weights change: {name}</source>
        <translation>가중치를 바꿀 층: {name}</translation>
    </message>
    <message>
        <source>The loss over two weights or two directions of one layer</source>
        <translation>한 층의 두 가중치나 두 방향에 따른 손실</translation>
    </message>
    <message>
        <source>The weight to the right</source>
        <translation>오른쪽 축의 가중치</translation>
    </message>
    <message>
        <source>The weight upwards</source>
        <translation>위쪽 축의 가중치</translation>
    </message>
    <message>
        <source>There is no labelled sample, so nothing to measure a loss on.</source>
        <translation>레이블이 있는 샘플이 없어 손실을 잴 수 없습니다.</translation>
    </message>
    <message>
        <source>This model has no hidden layers: choose “Multi-layer perceptron” under Model on the left, or here.</source>
        <translation>이 모델에는 은닉층이 없습니다. 왼쪽 모델에서 ‘다층 퍼셉트론’을 고르거나 여기서 바꾸십시오.</translation>
    </message>
    <message>
        <source>This run disagrees with the tendency: for {loss}, {far} ({far_share}) curves downwards less often than {near} ({near_share}), which is nearer to the output.</source>
        <translation>이 학습은 경향과 다릅니다. {loss}에서 {far} 쪽({far_share})이 출력에 더 가까운 {near} 쪽({near_share})보다 덜 위로 볼록합니다.</translation>
    </message>
    <message>
        <source>Through the weights trained on {loss} at step {step}. A click starts a run there.</source>
        <translation>{loss}로 학습한 스텝 {step}의 가중치를 지납니다. 클릭하면 그곳에서 시작합니다.</translation>
    </message>
    <message>
        <source>Use hidden layers</source>
        <translation>은닉층 쓰기</translation>
    </message>
    <message>
        <source>What the slices run along; the other weights stay</source>
        <translation>단면이 따라가는 방향. 나머지 가중치는 그대로입니다</translation>
    </message>
    <message>
        <source>box ±</source>
        <translation>범위 ±</translation>
    </message>
    <message>
        <source>chords violated (ReLU&apos;s kinks)</source>
        <translation>어긋난 현 (ReLU의 꺾임)</translation>
    </message>
    <message>
        <source>chords {share}</source>
        <translation>현 {share}</translation>
    </message>
    <message>
        <source>curves downwards on {share} (2 × 2 Hessian)</source>
        <translation>{share}에서 위로 볼록 (2 × 2 헤세 행렬)</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation>층 {number}</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>random direction 1</source>
        <translation>무작위 방향 1</translation>
    </message>
    <message>
        <source>random direction 2</source>
        <translation>무작위 방향 2</translation>
    </message>
    <message>
        <source>seeds</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>smallest to largest of the seeds</source>
        <translation>시드 중 가장 작은 값에서 큰 값</translation>
    </message>
    <message>
        <source>two random directions</source>
        <translation>무작위 두 방향</translation>
    </message>
    <message>
        <source>two weights</source>
        <translation>두 가중치</translation>
    </message>
    <message>
        <source>two weights drawn at random</source>
        <translation>무작위로 고른 두 가중치</translation>
    </message>
    <message>
        <source>w height</source>
        <translation>w 키</translation>
    </message>
    <message>
        <source>w weight</source>
        <translation>w 몸무게</translation>
    </message>
    <message>
        <source>w {unit}</source>
        <translation>w {unit}</translation>
    </message>
    <message>
        <source>{mean} ({low} to {high})</source>
        <translation>{mean} ({low}~{high})</translation>
    </message>
    <message>
        <source>{name}, unit {unit}</source>
        <translation>{name}, 유닛 {unit}</translation>
    </message>
    <message>
        <source>λ &lt; 0 on {share} (2 × 2 Hessian)</source>
        <translation>{share}에서 λ &lt; 0 (2 × 2 헤세 행렬)</translation>
    </message>
</context>
<context>
    <name>HiddenFields</name>
    <message>
        <source>Hidden layers</source>
        <translation>은닉층</translation>
    </message>
    <message>
        <source>Hidden layers between height, weight and the output: 1 to 3. Another shape starts a new run</source>
        <translation>키, 몸무게와 출력 사이의 은닉층: 1~3개. 형태를 바꾸면 새로 시작합니다</translation>
    </message>
    <message>
        <source>ReLU: max(z, 0), every hidden unit answers from 0 upwards</source>
        <translation>ReLU: max(z, 0), 은닉 유닛의 출력은 0 이상입니다</translation>
    </message>
    <message>
        <source>Sigmoid: every hidden unit answers from 0 to 1</source>
        <translation>시그모이드: 은닉 유닛의 출력은 0에서 1까지입니다</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>유닛</translation>
    </message>
    <message>
        <source>Units of each hidden layer, 1 to 16</source>
        <translation>은닉층마다의 유닛 수, 1~16</translation>
    </message>
    <message>
        <source>Units of hidden layer {number}, 1 to 16</source>
        <translation>은닉층 {number}의 유닛 수, 1~16</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>시그모이드</translation>
    </message>
    <message>
        <source>tanh: every hidden unit answers from -1 to 1</source>
        <translation>tanh: 은닉 유닛의 출력은 -1에서 1까지입니다</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Add to them</source>
        <translation>있는 샘플에 더하기</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>파일에 있는 대로</translation>
    </message>
    <message>
        <source>Choose the columns of height, weight and label.</source>
        <translation>키, 몸무게, 레이블 열을 고르십시오.</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>처음 몇 행</translation>
    </message>
    <message>
        <source>For some of them, select their rows first. Those left alone stay.</source>
        <translation>일부만 바꾸려면 먼저 그 행을 선택하십시오. 그대로 둔 행은 남습니다.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>테스트용</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Leave out ({count})</source>
        <translation>제외하기 ({count})</translation>
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
        <source>Outside sense: {count}</source>
        <translation>범위 밖의 값: {count}</translation>
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
        <source>Samples marked with 1 or true are held out of training, the others are trained on. Without this the share in the settings decides</source>
        <translation>1 또는 true로 표시된 샘플은 테스트용으로 남겨 두고, 나머지로 학습합니다. 선택하지 않으면 설정의 비율에 따라 정해집니다</translation>
    </message>
    <message>
        <source>Save the rows that are left out</source>
        <translation>제외된 행 저장</translation>
    </message>
    <message>
        <source>Save these rows…</source>
        <translation>이 행들 저장…</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>시트</translation>
    </message>
    <message>
        <source>Swap height and weight ({count})</source>
        <translation>키와 몸무게 바꾸기 ({count})</translation>
    </message>
    <message>
        <source>The samples come without labels. Give them on the canvas, or by Edit, Label by BMI.</source>
        <translation>샘플에 레이블이 없습니다. 캔버스에서 정하거나 편집 메뉴의 BMI로 레이블 정하기를 쓰십시오.</translation>
    </message>
    <message>
        <source>There are {count} labels: choose which of them become classes, 2 to {most} in all.</source>
        <translation>레이블이 {count}가지입니다. 그중 어떤 것을 범주로 할지 2개에서 {most}개까지 고르십시오.</translation>
    </message>
    <message>
        <source>Together with those on the canvas these are more than {most} classes.</source>
        <translation>캔버스의 범주와 합치면 범주가 {most}개를 넘습니다.</translation>
    </message>
    <message>
        <source>Type a name for the class; the same name twice makes one class of both labels</source>
        <translation>범주 이름을 입력하십시오. 같은 이름을 두 번 쓰면 두 레이블이 한 범주가 됩니다</translation>
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
        <source>as “{name}” says</source>
        <translation>“{name}” 열에 적힌 대로</translation>
    </message>
    <message>
        <source>as “{name}” says: {count}</source>
        <translation>“{name}” 열에 적힌 대로: {count}개</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>세로줄</translation>
    </message>
    <message>
        <source>by a BMI rule</source>
        <translation>BMI 기준으로</translation>
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
        <source>height and weight stand in each other&apos;s columns</source>
        <translation>키와 몸무게가 서로 바뀌어 있습니다</translation>
    </message>
    <message>
        <source>is read as</source>
        <translation>읽은 결과</translation>
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
        <source>left out</source>
        <translation>제외된 행</translation>
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
        <source>no label</source>
        <translation>레이블 없음</translation>
    </message>
    <message>
        <source>no label yet</source>
        <translation>아직 레이블 없음</translation>
    </message>
    <message>
        <source>no person has these numbers: another unit, or a slip</source>
        <translation>이런 사람은 없습니다. 단위가 다르거나 잘못 입력한 값입니다</translation>
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
        <source>what may be wrong</source>
        <translation>의심되는 점</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>범주 {count}개</translation>
    </message>
    <message>
        <source>{file}, sheet “{sheet}”: {count} rows</source>
        <translation>{file}, 시트 “{sheet}”: {count}행</translation>
    </message>
    <message>
        <source>{file}: {count} rows, delimiter {delimiter}</source>
        <translation>{file}: {count}행, 구분 문자 {delimiter}</translation>
    </message>
    <message>
        <source>{file}: {count} rows, encoding {encoding}, delimiter {delimiter}</source>
        <translation>{file}: {count}행, 인코딩 {encoding}, 구분자 {delimiter}</translation>
    </message>
    <message>
        <source>{reading} (outside sense)</source>
        <translation>{reading} (범위 밖의 값)</translation>
    </message>
    <message>
        <source>{reading}, held out</source>
        <translation>{reading}, 테스트용</translation>
    </message>
    <message>
        <source>{read}. Lines passed over above the table: {count}</source>
        <translation>{read}. 표 위에서 건너뛴 줄: {count}개</translation>
    </message>
</context>
<context>
    <name>Lab</name>
    <message>
        <source>Height and weight, each times its weight, add up with the bias to the logit z; the activation function turns it into a probability. Point at a person to see the numbers flow.</source>
        <translation>키와 몸무게에 각각 가중치를 곱해 편향과 더하면 로짓 z가 되고, 활성화 함수가 이를 확률로 바꿉니다. 사람을 가리키면 수가 흐르는 모습이 보입니다.</translation>
    </message>
    <message>
        <source>BCE against MSE in numbers from this run.</source>
        <translation>BCE와 MSE를 이번 실행의 숫자로 견줍니다.</translation>
    </message>
    <message>
        <source>By what each kg and each cm multiplies the odds of two classes.</source>
        <translation>1 kg, 1 cm마다 두 범주의 승산이 몇 배가 되는지 봅니다.</translation>
    </message>
    <message>
        <source>Cross-entropy as entropy plus KL divergence, and the bound below it.</source>
        <translation>교차 엔트로피를 엔트로피와 KL 발산의 합으로 나누고, 그 하한을 봅니다.</translation>
    </message>
    <message>
        <source>Each loss over two weights, and the way that training takes down it.</source>
        <translation>두 가중치에 따른 각 손실과, 학습이 그 위를 내려가는 길을 봅니다.</translation>
    </message>
    <message>
        <source>From which starts training arrives, and how soon.</source>
        <translation>어느 시작점에서 학습이 도착하는지, 얼마나 걸리는지 봅니다.</translation>
    </message>
    <message>
        <source>How height and weight become a probability, number by number.</source>
        <translation>키와 몸무게가 확률이 되기까지를 숫자 하나하나 봅니다.</translation>
    </message>
    <message>
        <source>How strongly each loss reacts to an error.</source>
        <translation>손실마다 오차에 얼마나 세게 반응하는지 봅니다.</translation>
    </message>
    <message>
        <source>Instruments: {group} (other groups)</source>
        <translation>도구: {group} (다른 묶음 고르기)</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>우도</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Multi-class</source>
        <translation>다중 분류</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Softmax and K sigmoids in lockstep: sums, answers, two classes.</source>
        <translation>나란히 학습하는 소프트맥스와 시그모이드 K개: 합, 답, 두 범주.</translation>
    </message>
    <message>
        <source>The probability as a hill over height and weight.</source>
        <translation>키와 몸무게 위에 언덕으로 솟은 확률을 봅니다.</translation>
    </message>
    <message>
        <source>The product of all probabilities, and why its logarithm is summed.</source>
        <translation>모든 확률의 곱과, 그 로그를 더하는 까닭을 봅니다.</translation>
    </message>
    <message>
        <source>The same logits through softmax, its rivals and K sigmoids.</source>
        <translation>같은 로짓을 소프트맥스와 그 경쟁자들, 시그모이드 K개에 통과시킵니다.</translation>
    </message>
    <message>
        <source>What am I looking at?</source>
        <translation>무엇을 보고 있습니까?</translation>
    </message>
    <message>
        <source>What hidden layers make of the loss, layer by layer.</source>
        <translation>은닉층이 손실을 어떤 모양으로 만드는지 층마다 봅니다.</translation>
    </message>
    <message>
        <source>Who is taken for whom, and whether the probabilities can be trusted.</source>
        <translation>누구를 무엇으로 보는지, 확률을 믿을 수 있는지 봅니다.</translation>
    </message>
</context>
<context>
    <name>LabelByBmi</name>
    <message>
        <source>Classes</source>
        <translation>범주</translation>
    </message>
    <message>
        <source>Every sample gets a new label, its old one goes; Undo brings it back. Such labels leave nothing to chance: a line separates them, or nearly so, and then there are no best weights, or huge ones, and the loss goes on falling while the weights grow. The labels are for teaching, not medical advice.</source>
        <translation>모든 샘플이 새 레이블을 받고 이전 레이블은 없어집니다. 실행 취소로 되돌릴 수 있습니다. 이런 레이블에는 우연이 없어서 직선 하나로 나뉘거나 거의 나뉩니다. 그러면 가장 좋은 가중치가 없거나 아주 커서, 손실은 계속 줄고 가중치는 계속 커집니다. 이 레이블은 교육용이며 의학적 조언이 아닙니다.</translation>
    </message>
    <message>
        <source>Label by BMI</source>
        <translation>BMI로 레이블 매기기</translation>
    </message>
    <message>
        <source>Label the samples</source>
        <translation>레이블 매기기</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>기준</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>There is no sample to label yet.</source>
        <translation>레이블을 매길 샘플이 아직 없습니다.</translation>
    </message>
    <message>
        <source>{name} below {cut}</source>
        <translation>{cut} 미만 {name}</translation>
    </message>
    <message>
        <source>{name} from {cut}</source>
        <translation>{cut}부터 {name}</translation>
    </message>
</context>
<context>
    <name>Landscape</name>
    <message>
        <source>2-D</source>
        <translation>2D</translation>
    </message>
    <message>
        <source>3-D</source>
        <translation>3D</translation>
    </message>
    <message>
        <source>Automatic box (double click)</source>
        <translation>범위 자동 (두 번 클릭)</translation>
    </message>
    <message>
        <source>Chord</source>
        <translation>현</translation>
    </message>
    <message>
        <source>Click two points, or drag from one to the other.</source>
        <translation>두 점을 클릭하거나, 한 점에서 다른 점으로 끄십시오.</translation>
    </message>
    <message>
        <source>Click: a new run starts there.</source>
        <translation>클릭: 그곳에서 새로 시작합니다.</translation>
    </message>
    <message>
        <source>Click: gradient descent from there.</source>
        <translation>클릭: 그곳에서 경사 하강법을 시작합니다.</translation>
    </message>
    <message>
        <source>Colours, hatching and box</source>
        <translation>색, 빗금, 범위</translation>
    </message>
    <message>
        <source>Drag either end, or click for a new chord.</source>
        <translation>끝을 끌거나, 클릭해서 새 현을 그리십시오.</translation>
    </message>
    <message>
        <source>Drag: move. Wheel: zoom.</source>
        <translation>끌기: 이동. 휠: 확대/축소.</translation>
    </message>
    <message>
        <source>Drag: turn. Wheel: zoom.</source>
        <translation>끌기: 회전. 휠: 확대/축소.</translation>
    </message>
    <message>
        <source>Flat terraces: the gradient is 0 on each, so gradient descent stays put.</source>
        <translation>평평한 계단: 층마다 그래디언트가 0이라 경사 하강법은 제자리에 머뭅니다.</translation>
    </message>
    <message>
        <source>Hatch where the loss curves downwards</source>
        <translation>손실이 위로 볼록한 곳에 빗금 긋기</translation>
    </message>
    <message>
        <source>Hatched: where the loss curves downwards over the two weights drawn, and its share of this box. Nothing is lower than a minimum, here and far around; a local minimum is the lowest of its surroundings alone.</source>
        <translation>빗금: 그린 두 가중치에 대해 손실이 위로 볼록한 곳과, 이 범위에서 차지하는 비율입니다. 최솟값보다 낮은 곳은 이 범위와 그 둘레 멀리까지 없고, 극솟값은 가까운 주변에서만 가장 낮습니다.</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>손실 지형</translation>
    </message>
    <message>
        <source>New run from {point}. Press Train.</source>
        <translation>시작점: {point}. 학습을 누르십시오.</translation>
    </message>
    <message>
        <source>Now the second point.</source>
        <translation>이제 둘째 점을 고르십시오.</translation>
    </message>
    <message>
        <source>One scale of colours for both losses</source>
        <translation>두 손실에 같은 색 눈금 쓰기</translation>
    </message>
    <message>
        <source>Pick two points: is the loss between them below the straight line (convex)?</source>
        <translation>두 점을 고르십시오. 그 사이의 손실이 직선보다 아래에 있습니까(아래로 볼록, convex)?</translation>
    </message>
    <message>
        <source>Rate {rate}: {results}.</source>
        <translation>학습률 {rate}: {results}.</translation>
    </message>
    <message>
        <source>Seen from above, with lines of equal loss</source>
        <translation>위에서 본 모습, 같은 손실을 이은 등고선</translation>
    </message>
    <message>
        <source>The loss as a height; drag to turn</source>
        <translation>손실을 높이로 나타냅니다. 끌면 돌아갑니다</translation>
    </message>
    <message>
        <source>The loss at the pointer, else where the model is, and the smallest eigenvalue λ of the Hessian over the two weights drawn: below 0 the loss curves downwards there</source>
        <translation>가리킨 곳(없으면 모델이 있는 곳)의 손실과, 그린 두 가중치에 대한 헤세 행렬의 가장 작은 고윳값 λ: 0보다 작으면 그곳에서 손실이 위로 볼록합니다</translation>
    </message>
    <message>
        <source>The loss over two weights, as a map: gradient descent goes straight down, across the lines. In the output layer BCE is convex, with one valley; MSE curves downwards where the model is confidently wrong.</source>
        <translation>두 가중치에 따른 손실을 지도로 그린 것입니다. 경사 하강법은 등고선을 가로질러 곧장 내려갑니다. 출력층에서 BCE는 아래로 볼록하여(convex) 골짜기가 하나이고, MSE는 모델이 확신하며 틀린 곳에서 위로 볼록합니다.</translation>
    </message>
    <message>
        <source>There is no labelled sample, so nothing to measure a loss on.</source>
        <translation>레이블이 있는 샘플이 없어 손실을 잴 수 없습니다.</translation>
    </message>
    <message>
        <source>Weight drawn to the right</source>
        <translation>오른쪽 축에 그릴 가중치</translation>
    </message>
    <message>
        <source>Weight drawn upwards</source>
        <translation>위쪽 축에 그릴 가중치</translation>
    </message>
    <message>
        <source>Weights that are not drawn: fixed at the models&apos; current values, each loss at its own model&apos;s; or minimised out, at each point where the loss is smallest</source>
        <translation>그리지 않는 가중치: 각 손실을 학습한 모델의 지금 값에 고정하거나, 점마다 손실이 가장 작아지는 값으로 최소화합니다</translation>
    </message>
    <message>
        <source>Whose loss is drawn</source>
        <translation>어느 데이터의 손실을 그릴지</translation>
    </message>
    <message>
        <source>a trap with two local minima</source>
        <translation>극솟값이 둘인 함정</translation>
    </message>
    <message>
        <source>curves downwards: {shares}</source>
        <translation>위로 볼록: {shares}</translation>
    </message>
    <message>
        <source>bias b</source>
        <translation>편향 b</translation>
    </message>
    <message>
        <source>layer {layer}, unit {unit}</source>
        <translation>층 {layer}, 유닛 {unit}</translation>
    </message>
    <message>
        <source>local minimum</source>
        <translation>극솟값</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>최솟값</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>one sample (1, 1), y = 1</source>
        <translation>샘플 하나 (1, 1), y = 1</translation>
    </message>
    <message>
        <source>rest fixed</source>
        <translation>나머지 고정</translation>
    </message>
    <message>
        <source>start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>w height</source>
        <translation>w 키</translation>
    </message>
    <message>
        <source>w weight</source>
        <translation>w 몸무게</translation>
    </message>
    <message>
        <source>your samples</source>
        <translation>지금의 샘플</translation>
    </message>
    <message>
        <source>{loss} after {steps} steps at loss {value}</source>
        <translation>{loss}: {steps}스텝 뒤 손실 {value}</translation>
    </message>
    <message>
        <source>{loss} {steps} steps to p &gt; 0.9</source>
        <translation>{loss}: p &gt; 0.9까지 {steps}스텝</translation>
    </message>
    <message>
        <source>{loss}: above it on {share} of the way, by up to {most}: not convex.</source>
        <translation>{loss}: 구간의 {share}에서 현보다 위에 있고, 차이는 최대 {most}: 아래로 볼록하지 않습니다.</translation>
    </message>
    <message>
        <source>{loss}: never above the chord.</source>
        <translation>{loss}: 현보다 위로 올라가지 않습니다.</translation>
    </message>
    <message>
        <source>{name}: fixed</source>
        <translation>{name}: 고정</translation>
    </message>
    <message>
        <source>{name}: minimised out</source>
        <translation>{name}: 최소화</translation>
    </message>
    <message>
        <source>λ over all weights: {values}</source>
        <translation>모든 가중치에 대한 λ: {values}</translation>
    </message>
</context>
<context>
    <name>LikelihoodTab</name>
    <message>
        <source>How many samples are multiplied</source>
        <translation>곱하는 샘플의 수</translation>
    </message>
    <message>
        <source>In which order the samples are multiplied</source>
        <translation>샘플을 곱하는 순서</translation>
    </message>
    <message>
        <source>K sigmoids give every sample K likelihoods, one for each label that it has or has not. This page multiplies one a sample: choose logistic or softmax regression.</source>
        <translation>시그모이드 K개는 샘플마다 레이블이 있는지 없는지에 대한 우도를 K개 줍니다. 이 화면은 샘플마다 하나씩 곱하므로 로지스틱 회귀나 소프트맥스 회귀를 고르십시오.</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>우도</translation>
    </message>
    <message>
        <source>Likelihood and loss of all samples as one weight changes</source>
        <translation>가중치 하나를 바꿀 때 모든 샘플의 우도와 손실</translation>
    </message>
    <message>
        <source>Multiply the likelihoods one by one, and add their logarithms</source>
        <translation>우도를 하나씩 곱하고, 그 로그를 더합니다</translation>
    </message>
    <message>
        <source>Multiply the samples one after another</source>
        <translation>샘플을 차례로 곱하기</translation>
    </message>
    <message>
        <source>No peak: the likelihood grows for ever as this weight falls.</source>
        <translation>봉우리가 없습니다. 이 가중치가 작아질수록 우도가 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>No peak: the likelihood grows for ever as this weight grows.</source>
        <translation>봉우리가 없습니다. 이 가중치가 커질수록 우도가 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>P(y|x) of each sample</source>
        <translation>샘플마다의 P(y|x)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Softmax&apos;s rivals are undefined where every logit is 0, and their p can be exactly 0. This page is for logistic and softmax regression.</source>
        <translation>소프트맥스의 대안들은 모든 로짓이 0인 곳에서 정의되지 않고 p가 정확히 0일 수 있습니다. 이 화면은 로지스틱 회귀와 소프트맥스 회귀를 위한 것입니다.</translation>
    </message>
    <message>
        <source>Take the data several times over, as if there were more people</source>
        <translation>사람이 더 많은 것처럼 데이터를 여러 번 씁니다</translation>
    </message>
    <message>
        <source>The likelihood of the data is the product of every sample&apos;s P(y|x): numbers below 1, which soon multiply to exactly 0 in a computer, while the sum of their logarithms stays right. The logarithm is monotonic, so the likelihood has its peak where the loss, its mean logarithm with a minus, has its valley.</source>
        <translation>데이터의 우도는 모든 샘플의 P(y|x)를 곱한 값입니다. 1보다 작은 수라 컴퓨터에서는 곧 정확히 0이 되지만, 로그의 합은 그대로 맞습니다. 로그는 단조 증가하므로, 우도의 봉우리는 평균 로그에 음의 부호를 붙인 손실의 골짜기와 같은 곳에 있습니다.</translation>
    </message>
    <message>
        <source>The likelihood&apos;s peak is the valley of {loss}: one and the same weight.</source>
        <translation>우도의 봉우리가 {loss}의 골짜기입니다. 같은 가중치입니다.</translation>
    </message>
    <message>
        <source>The unit step is certain of every answer: one wrong sample has the likelihood 0, and with it all of them together. Choose a model with a sigmoid.</source>
        <translation>단위 계단 함수는 모든 답을 확신합니다. 틀린 샘플 하나의 우도가 0이면 전체의 우도도 0입니다. 시그모이드가 있는 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>This weight changes nothing for these samples.</source>
        <translation>이 샘플들에서는 이 가중치가 아무것도 바꾸지 않습니다.</translation>
    </message>
    <message>
        <source>Which weight changes; the others stay</source>
        <translation>바꿀 가중치. 나머지는 그대로입니다</translation>
    </message>
    <message>
        <source>With hidden layers the loss along a weight may have many valleys, as Hidden layers shows. Choose a model without them.</source>
        <translation>은닉층이 있으면 한 가중치를 따라 골짜기가 여럿일 수 있습니다. 은닉층이 없는 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>along a weight</source>
        <translation>가중치를 따라</translation>
    </message>
    <message>
        <source>as placed</source>
        <translation>놓은 순서</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>data once</source>
        <translation>데이터 1번</translation>
    </message>
    <message>
        <source>data × {times}</source>
        <translation>데이터 × {times}</translation>
    </message>
    <message>
        <source>likelihood, as a share of its peak</source>
        <translation>우도(봉우리에 대한 비율)</translation>
    </message>
    <message>
        <source>loss: minus ln of the likelihood, divided by n</source>
        <translation>손실: 우도의 -ln을 n으로 나눈 값</translation>
    </message>
    <message>
        <source>lowest P first</source>
        <translation>낮은 P부터</translation>
    </message>
    <message>
        <source>model trained on {loss}</source>
        <translation>{loss}로 학습한 모델</translation>
    </message>
    <message>
        <source>one by one</source>
        <translation>하나씩</translation>
    </message>
    <message>
        <source>peak</source>
        <translation>봉우리</translation>
    </message>
    <message>
        <source>per cm</source>
        <translation>cm당</translation>
    </message>
    <message>
        <source>per kg</source>
        <translation>kg당</translation>
    </message>
    <message>
        <source>product of the P(y|x)</source>
        <translation>P(y|x)의 곱</translation>
    </message>
    <message>
        <source>product, float32</source>
        <translation>곱, float32</translation>
    </message>
    <message>
        <source>product, float64</source>
        <translation>곱, float64</translation>
    </message>
    <message>
        <source>sample {number} of {count}</source>
        <translation>샘플 {number} / {count}</translation>
    </message>
    <message>
        <source>samples multiplied</source>
        <translation>곱한 샘플 수</translation>
    </message>
    <message>
        <source>standardised bias</source>
        <translation>표준화한 편향</translation>
    </message>
    <message>
        <source>standardised weight w</source>
        <translation>표준화한 가중치 w</translation>
    </message>
    <message>
        <source>standardised; {number} {unit}</source>
        <translation>표준화; {number} {unit}</translation>
    </message>
    <message>
        <source>sum of ln P</source>
        <translation>ln P의 합</translation>
    </message>
    <message>
        <source>valley</source>
        <translation>골짜기</translation>
    </message>
    <message>
        <source>weight for body weight</source>
        <translation>몸무게의 가중치</translation>
    </message>
    <message>
        <source>weight for height</source>
        <translation>키의 가중치</translation>
    </message>
    <message>
        <source>{name}: exactly 0 from {count}</source>
        <translation>{name}: {count}개부터 정확히 0</translation>
    </message>
</context>
<context>
    <name>LogOdds</name>
    <message>
        <source>3-D</source>
        <translation>3D</translation>
    </message>
    <message>
        <source>A p from the size of the logits alone: the log-odds are no plane. Two lines have the value 0, where the logits are equal and where they are opposite.</source>
        <translation>p가 로짓의 크기만으로 정해지므로 로그 승산은 평면이 아닙니다. 값이 0인 선은 두 로짓이 같은 곳과 부호만 다른 곳, 둘입니다.</translation>
    </message>
    <message>
        <source>At {height} cm, {weight} kg, against {reference}:</source>
        <translation>{height} cm, {weight} kg에서 {reference} 기준:</translation>
    </message>
    <message>
        <source>Back to p</source>
        <translation>p로 돌아가기</translation>
    </message>
    <message>
        <source>Drag to turn, wheel to zoom, double click to reset.</source>
        <translation>끌어서 돌리고, 휠로 확대하며, 두 번 클릭하면 처음으로 돌아갑니다.</translation>
    </message>
    <message>
        <source>From {height} cm, {weight} kg one more kg multiplies the odds by {kg}, one more cm by {cm}; elsewhere by another factor.</source>
        <translation>{height} cm, {weight} kg에서는 1 kg 늘면 승산이 {kg}배, 1 cm 늘면 {cm}배가 됩니다. 다른 곳에서는 다릅니다.</translation>
    </message>
    <message>
        <source>Hidden layers bend the logit: the log-odds are no plane over height and weight.</source>
        <translation>은닉층이 로짓을 휘게 하므로 로그 승산은 키와 몸무게 위의 평면이 아닙니다.</translation>
    </message>
    <message>
        <source>K sigmoids: the log-odds are no plane, as each p bends by itself. Only the zero line is straight.</source>
        <translation>시그모이드 K개: p가 저마다 휘므로 로그 승산은 평면이 아닙니다. 0인 선만 직선입니다.</translation>
    </message>
    <message>
        <source>Lines of equal log-odds over height and weight</source>
        <translation>키와 몸무게 위에서 로그 승산이 같은 선들</translation>
    </message>
    <message>
        <source>Log-odds</source>
        <translation>로그 승산</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>One more kg multiplies the odds of {first} against {second} by {kg}, one more cm by {cm}.</source>
        <translation>{second} 대비 {first}의 승산은 몸무게가 1 kg 늘면 {kg}배, 키가 1 cm 늘면 {cm}배가 됩니다.</translation>
    </message>
    <message>
        <source>One more standard deviation: of weight ({std_kg} kg) by {kg}, of height ({std_cm} cm) by {cm}.</source>
        <translation>1 표준편차 늘면 몸무게({std_kg} kg)는 {kg}배, 키({std_cm} cm)는 {cm}배입니다.</translation>
    </message>
    <message>
        <source>So softmax is the inverse of the log-odds, as the sigmoid is of the logit. Every reference gives the same p.</source>
        <translation>따라서 시그모이드가 로짓의 역함수이듯 소프트맥스는 로그 승산의 역함수입니다. 어느 범주를 기준으로 해도 p는 같습니다.</translation>
    </message>
    <message>
        <source>Solve all log-odds for p, with the sum 1: that gives softmax</source>
        <translation>합이 1이라는 조건으로 모든 로그 승산을 p에 대해 풀면 소프트맥스가 됩니다</translation>
    </message>
    <message>
        <source>Solving gives p back, as it does for all p that sum to 1; but here ln(p / p of the reference) is not a difference of logits, so what comes out is not softmax of them.</source>
        <translation>합이 1인 p라면 언제나 그렇듯 풀면 p가 다시 나옵니다. 그러나 여기서는 ln(p / 기준 범주의 p)이 로짓의 차가 아니므로 로짓의 소프트맥스가 되지는 않습니다.</translation>
    </message>
    <message>
        <source>Swap the two classes</source>
        <translation>두 범주 바꾸기</translation>
    </message>
    <message>
        <source>Swap the two classes: the log-odds change their sign</source>
        <translation>두 범주를 바꿉니다. 로그 승산의 부호가 바뀝니다</translation>
    </message>
    <message>
        <source>The class whose odds are shown</source>
        <translation>승산을 볼 범주</translation>
    </message>
    <message>
        <source>The log-odds as a surface in space</source>
        <translation>공간의 곡면으로 본 로그 승산</translation>
    </message>
    <message>
        <source>The log-odds ln(p / p of the reference) of two classes are a plane over height and weight: that is softmax regression. Its zero line is where both are equally probable; its weights say by what each kg and each cm multiplies the odds.</source>
        <translation>두 범주의 로그 승산 ln(p / 기준 범주의 p)은 키와 몸무게 위의 평면입니다. 이것이 소프트맥스 회귀입니다. 0인 선에서 두 범주의 확률이 같고, 가중치는 1 kg, 1 cm마다 승산이 몇 배가 되는지를 말해 줍니다.</translation>
    </message>
    <message>
        <source>The probabilities of K sigmoids need not sum to 1: solving gives p divided by that sum, another p.</source>
        <translation>시그모이드 K개의 확률은 합이 1일 필요가 없습니다. 풀면 p를 그 합으로 나눈, 다른 p가 나옵니다.</translation>
    </message>
    <message>
        <source>The reference class that it is compared with</source>
        <translation>비교의 기준이 되는 범주</translation>
    </message>
    <message>
        <source>The step answers p = 0 or p = 1: its log-odds are minus or plus infinity, and no weight can be read as a factor.</source>
        <translation>단위 계단 함수의 답은 p = 0 아니면 p = 1입니다. 로그 승산은 음의 무한대 아니면 양의 무한대이므로 가중치를 배수로 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>With two classes that is the sigmoid of the log-odds: softmax is the inverse of the log-odds as the sigmoid is of the logit.</source>
        <translation>범주가 둘이면 이것은 로그 승산의 시그모이드입니다. 시그모이드가 로짓의 역함수이듯 소프트맥스는 로그 승산의 역함수입니다.</translation>
    </message>
    <message>
        <source>against</source>
        <translation>대</translation>
    </message>
    <message>
        <source>class</source>
        <translation>범주</translation>
    </message>
    <message>
        <source>height (cm)</source>
        <translation>키 (cm)</translation>
    </message>
    <message>
        <source>ln-odds</source>
        <translation>로그 승산</translation>
    </message>
    <message>
        <source>model&apos;s p</source>
        <translation>모델의 p</translation>
    </message>
    <message>
        <source>odds</source>
        <translation>승산</translation>
    </message>
    <message>
        <source>odds of</source>
        <translation>승산:</translation>
    </message>
    <message>
        <source>p solved</source>
        <translation>풀어낸 p</translation>
    </message>
    <message>
        <source>reference class</source>
        <translation>기준 범주</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>합</translation>
    </message>
    <message>
        <source>threshold: {value}</source>
        <translation>임계값: {value}</translation>
    </message>
    <message>
        <source>weight (kg)</source>
        <translation>몸무게 (kg)</translation>
    </message>
    <message>
        <source>z-scores</source>
        <translation>z-점수</translation>
    </message>
    <message>
        <source>{first} and {second} have the same weights: the log-odds are 0 everywhere, without a zero line.</source>
        <translation>{first}, {second} 두 범주의 가중치가 같습니다. 로그 승산이 어디서나 0이므로 0인 선이 따로 없습니다.</translation>
    </message>
    <message>
        <source>{height} cm, {weight} kg: ln-odds {value}, odds {odds}, p({first}) {p_first}, p({second}) {p_second}</source>
        <translation>{height} cm, {weight} kg: 로그 승산 {value}, 승산 {odds}, p({first}) {p_first}, p({second}) {p_second}</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>BCE of {model}, summed over the classes</source>
        <translation>{model}의 BCE(범주별 합)</translation>
    </message>
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
        <source>Mean cross-entropy over the samples, in nats</source>
        <translation>샘플 전체에 대한 교차 엔트로피의 평균(내트)</translation>
    </message>
    <message>
        <source>Mean squared error over the samples</source>
        <translation>샘플 전체에 대한 제곱 오차의 평균</translation>
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
        <source>Thin: held out.</source>
        <translation>가는 선: 테스트용.</translation>
    </message>
    <message>
        <source>best found: {value}</source>
        <translation>찾은 최선: {value}</translation>
    </message>
    <message>
        <source>bound H(y) of {model}: {value}</source>
        <translation>{model}의 하한 H(y): {value}</translation>
    </message>
    <message>
        <source>bound H(y): {value}</source>
        <translation>하한 H(y): {value}</translation>
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
        <source>optimum of {model}: {value}</source>
        <translation>{model}의 최적값: {value}</translation>
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
    <message>
        <source>{loss} of {model}</source>
        <translation>{model}의 {loss}</translation>
    </message>
    <message>
        <source>{loss}, held out: {value}</source>
        <translation>{loss}, 테스트: {value}</translation>
    </message>
    <message>
        <source>{loss}, training: {value}</source>
        <translation>{loss}, 학습: {value}</translation>
    </message>
    <message>
        <source>{loss}: training {training}, held out {held_out}</source>
        <translation>{loss}: 학습 {training}, 테스트 {held_out}</translation>
    </message>
</context>
<context>
    <name>MaximumLikelihoodTab</name>
    <message>
        <source>1 data</source>
        <translation>1 데이터</translation>
    </message>
    <message>
        <source>1 data: what y is</source>
        <translation>1 데이터: y란</translation>
    </message>
    <message>
        <source>2 assumed distribution</source>
        <translation>2 가정한 분포</translation>
    </message>
    <message>
        <source>2 assumes</source>
        <translation>2 분포</translation>
    </message>
    <message>
        <source>3 network</source>
        <translation>3 신경망</translation>
    </message>
    <message>
        <source>3 network gives {parameter}</source>
        <translation>3 신경망의 출력: 모수 {parameter}</translation>
    </message>
    <message>
        <source>4 likelihood</source>
        <translation>4 우도</translation>
    </message>
    <message>
        <source>4 likelihood of all</source>
        <translation>4 전체의 우도</translation>
    </message>
    <message>
        <source>5 NLL</source>
        <translation>5 NLL</translation>
    </message>
    <message>
        <source>5 NLL: the loss</source>
        <translation>5 NLL: 손실 함수</translation>
    </message>
    <message>
        <source>6 descent</source>
        <translation>6 하강법</translation>
    </message>
    <message>
        <source>6 gradient descent</source>
        <translation>6 경사 하강법</translation>
    </message>
    <message>
        <source>A density, with σ² = MSE at every step: as the MSE falls, the likelihood grows.</source>
        <translation>스텝마다 σ² = MSE로 둔 밀도입니다. MSE가 줄면 우도가 커집니다.</translation>
    </message>
    <message>
        <source>A distribution is assumed for y, the network gives that distribution&apos;s parameter for each x (it changes with x), and gradient descent looks for the network&apos;s own parameters, the weights (they are learnt), that make the data most likely. The loss, NLL, is minus the logarithm of that likelihood: so the choice of a loss is the choice of a distribution.</source>
        <translation>y의 분포를 가정하면 신경망은 x마다 그 분포의 모수(x에 따라 달라집니다)를 내놓고, 경사 하강법은 데이터의 우도를 가장 크게 하는 신경망의 파라미터, 곧 가중치(학습됩니다)를 찾습니다. 손실인 NLL은 그 우도의 로그에 음의 부호를 붙인 것이므로 손실 함수를 고르는 일은 분포를 고르는 일입니다.</translation>
    </message>
    <message>
        <source>All these samples have the same value: a Gaussian needs some spread. Add samples that differ.</source>
        <translation>이 샘플은 값이 모두 같습니다. 정규 분포에는 퍼짐이 있어야 하니 값이 다른 샘플을 추가하십시오.</translation>
    </message>
    <message>
        <source>Another start</source>
        <translation>다른 시작점</translation>
    </message>
    <message>
        <source>As the loss falls, the likelihood of the whole data grows: one and the same.</source>
        <translation>손실이 줄면 전체 데이터의 우도가 커집니다. 둘은 같은 일입니다.</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>시작점으로 돌아가기</translation>
    </message>
    <message>
        <source>Bernoulli</source>
        <translation>베르누이</translation>
    </message>
    <message>
        <source>Bernoulli and Categorical need samples with a label: add some on the canvas. The Gaussian on body weight needs none.</source>
        <translation>베르누이 분포와 범주형 분포에는 레이블이 있는 샘플이 필요합니다. 캔버스에 추가하십시오. 몸무게에 대한 정규 분포에는 레이블이 필요 없습니다.</translation>
    </message>
    <message>
        <source>Categorical</source>
        <translation>범주형</translation>
    </message>
    <message>
        <source>From an assumed distribution to the loss that follows, on your data.</source>
        <translation>분포를 가정하면 손실 함수가 따라 나오는 과정을 지금 데이터로 봅니다.</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>정규(가우시안)</translation>
    </message>
    <message>
        <source>How y is taken to vary at one and the same x</source>
        <translation>x가 같을 때 y가 어떻게 달라진다고 볼지입니다</translation>
    </message>
    <message>
        <source>Label smoothing is on: the loss of the run, and with it the likelihood here, is that of softened labels, not of 0 and 1.</source>
        <translation>레이블 스무딩이 켜져 있습니다. 그래서 학습의 손실과 여기의 우도는 0과 1이 아니라 부드럽게 만든 레이블에 대한 값입니다.</translation>
    </message>
    <message>
        <source>Labels are 0 or 1: two bars. MSE takes them for Gaussian around p (dashed bell, σ² = MSE, σ = {sigma}): {share} of it below 0 or above 1, and none of it in a bar.</source>
        <translation>레이블은 0 아니면 1, 곧 막대 두 개입니다. MSE는 레이블이 p 둘레의 정규 분포를 따른다고 여깁니다(파선 종 모양, σ² = MSE, σ = {sigma}). 그 가운데 {share}는 0보다 작거나 1보다 큰 쪽에 있고, 막대 위에는 확률이 전혀 없습니다.</translation>
    </message>
    <message>
        <source>Learning rate in z-scores. MSE curves by 2 in every direction here, so 0.5 arrives in one step, and from 1 on no descent arrives.</source>
        <translation>표준화한 값에서의 학습률입니다. 여기서 MSE의 곡률은 어느 방향이나 2이므로 0.5이면 한 스텝에 도달하고, 1부터는 도달하지 못합니다.</translation>
    </message>
    <message>
        <source>Least squares has the smallest MSE, {mse} kg², and the largest likelihood: the same line.</source>
        <translation>최소제곱법은 MSE가 {mse} kg²로 가장 작고 우도가 가장 큽니다. 같은 직선입니다.</translation>
    </message>
    <message>
        <source>Let gradient descent run on the regression</source>
        <translation>회귀에서 경사 하강법 실행</translation>
    </message>
    <message>
        <source>Likelihood and NLL as one parameter changes</source>
        <translation>값 하나를 바꿀 때의 우도와 음의 로그 우도</translation>
    </message>
    <message>
        <source>Lines through the middle of the samples: the likeliest slope is that of least squares.</source>
        <translation>샘플의 한가운데를 지나는 직선들입니다. 우도가 가장 큰 기울기가 곧 최소제곱법의 기울기입니다.</translation>
    </message>
    <message>
        <source>Maximum likelihood</source>
        <translation>최대 우도</translation>
    </message>
    <message>
        <source>Minus the logarithm of the likelihood, a sample. Choose a loss, and see which distribution it assumes</source>
        <translation>샘플 하나당 음의 로그 우도입니다. 손실 함수를 고르면 그것이 가정하는 분포가 보입니다</translation>
    </message>
    <message>
        <source>NLL: minus ln of it, divided by n</source>
        <translation>NLL: 우도의 ln에 음의 부호를 붙여 n으로 나눈 값</translation>
    </message>
    <message>
        <source>No peak: the likelihood grows for ever as this weight falls.</source>
        <translation>봉우리가 없습니다. 이 가중치가 작아질수록 우도가 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>No peak: the likelihood grows for ever as this weight grows.</source>
        <translation>봉우리가 없습니다. 이 가중치가 커질수록 우도가 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>One step of gradient descent</source>
        <translation>경사 하강법 한 스텝</translation>
    </message>
    <message>
        <source>One μ for all: the sample mean, as for a Bernoulli. The two part ways once μ changes with x.</source>
        <translation>μ가 모두 하나이면 베르누이 분포와 마찬가지로 샘플 평균이 답입니다. μ가 x에 따라 달라지면 둘이 갈라집니다.</translation>
    </message>
    <message>
        <source>P(y|x) of its own class</source>
        <translation>자기 범주의 P(y|x)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Peak and valley stand at one place: the sample mean of y.</source>
        <translation>봉우리와 골짜기가 같은 자리, 곧 y의 샘플 평균에 있습니다.</translation>
    </message>
    <message>
        <source>Peak and valley stand at one place: σ² = MSE around the model.</source>
        <translation>봉우리와 골짜기가 같은 자리, 곧 σ² = 모델 둘레의 MSE에 있습니다.</translation>
    </message>
    <message>
        <source>The assumed distribution on the samples at hand</source>
        <translation>지금 데이터에서 본 가정한 분포</translation>
    </message>
    <message>
        <source>The distribution&apos;s parameter p changes with x. The network&apos;s parameters, weights and bias, are learnt: the same for every x.</source>
        <translation>분포의 모수 p는 x에 따라 달라집니다. 신경망의 파라미터인 가중치와 편향은 학습되며 모든 x에서 같습니다.</translation>
    </message>
    <message>
        <source>The distribution&apos;s parameter μ changes with x. The network&apos;s parameters w and b are learnt: the same for every x.</source>
        <translation>분포의 모수 μ는 x에 따라 달라집니다. 신경망의 파라미터 w와 b는 학습되며 모든 x에서 같습니다.</translation>
    </message>
    <message>
        <source>The distribution&apos;s parameters p₁, p₂, … change with x. The network&apos;s parameters, weights and biases, are learnt: the same for every x.</source>
        <translation>분포의 모수 p₁, p₂, …는 x에 따라 달라집니다. 신경망의 파라미터인 가중치와 편향은 학습되며 모든 x에서 같습니다.</translation>
    </message>
    <message>
        <source>The likelihood of the whole data, step by step</source>
        <translation>스텝마다 본 전체 데이터의 우도</translation>
    </message>
    <message>
        <source>The parameter: drag it here or in the plots</source>
        <translation>이 값을 여기나 그래프에서 끌어 바꿉니다</translation>
    </message>
    <message>
        <source>The peak of the likelihood is the valley of {loss}: one and the same weight.</source>
        <translation>우도의 봉우리가 곧 {loss}의 골짜기입니다. 같은 가중치입니다.</translation>
    </message>
    <message>
        <source>The product over all samples, taken to be independent. For a Gaussian of densities, with σ² = MSE</source>
        <translation>독립이라고 본 모든 샘플에 대한 곱입니다. 정규 분포에서는 밀도의 곱이며 σ² = MSE입니다</translation>
    </message>
    <message>
        <source>The product underflows: a computer holds exactly 0. Its logarithm, n times the loss with a minus, stays right.</source>
        <translation>곱이 언더플로하여 컴퓨터에는 정확히 0이 남습니다. 그 로그, 곧 손실의 n배에 음의 부호를 붙인 값은 그대로 맞습니다.</translation>
    </message>
    <message>
        <source>The regression of weight on height needs samples: add some on the canvas.</source>
        <translation>키로 몸무게를 예측하는 회귀에는 샘플이 필요합니다. 캔버스에 추가하십시오.</translation>
    </message>
    <message>
        <source>The run records the loss of all classes together: choose Categorical to see its likelihood.</source>
        <translation>학습은 모든 범주를 합친 손실을 기록합니다. 그 우도를 보려면 범주형 분포를 고르십시오.</translation>
    </message>
    <message>
        <source>These are K Bernoulli distributions, one a class: they need not add up to 1, so they are no Categorical.</source>
        <translation>범주마다 하나씩 모두 K개의 베르누이 분포입니다. 합이 1일 필요가 없으므로 범주형 분포가 아닙니다.</translation>
    </message>
    <message>
        <source>This weight changes nothing for these samples.</source>
        <translation>이 샘플에서는 이 가중치가 아무것도 바꾸지 않습니다.</translation>
    </message>
    <message>
        <source>What is to be told from x = (height, weight)</source>
        <translation>x = (키, 몸무게)에서 알아내려는 것입니다</translation>
    </message>
    <message>
        <source>Which parameter changes; all others stay</source>
        <translation>바꿀 값입니다. 나머지는 그대로입니다</translation>
    </message>
    <message>
        <source>below: underflows, exactly 0 in float64</source>
        <translation>이 아래: 언더플로, float64로 정확히 0</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>body weight</source>
        <translation>몸무게</translation>
    </message>
    <message>
        <source>class</source>
        <translation>범주</translation>
    </message>
    <message>
        <source>density</source>
        <translation>밀도</translation>
    </message>
    <message>
        <source>gradient descent</source>
        <translation>경사 하강법</translation>
    </message>
    <message>
        <source>height (cm)</source>
        <translation>키(cm)</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>자기 범주</translation>
    </message>
    <message>
        <source>label: {count} classes</source>
        <translation>레이블: 범주 {count}개</translation>
    </message>
    <message>
        <source>least squares</source>
        <translation>최소제곱법</translation>
    </message>
    <message>
        <source>likelihood L</source>
        <translation>우도 L</translation>
    </message>
    <message>
        <source>likelihood, as a share of its peak</source>
        <translation>우도(봉우리에 대한 비율)</translation>
    </message>
    <message>
        <source>ln L of all samples</source>
        <translation>전체 데이터의 ln L</translation>
    </message>
    <message>
        <source>one parameter</source>
        <translation>값 하나</translation>
    </message>
    <message>
        <source>p alone, the same for every x</source>
        <translation>p 하나만, 모든 x에서 같음</translation>
    </message>
    <message>
        <source>p of each sample</source>
        <translation>각 샘플의 p</translation>
    </message>
    <message>
        <source>p of “{name}” alone, the same for every x</source>
        <translation>“{name}”의 p 하나만, 모든 x에서 같음</translation>
    </message>
    <message>
        <source>peak</source>
        <translation>봉우리</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>p₁, p₂, … add up to 1 at every x. Only the bar of a sample&apos;s own class counts in the likelihood.</source>
        <translation>p₁, p₂, …의 합은 모든 x에서 1입니다. 우도에는 샘플 자신의 범주 막대만 들어갑니다.</translation>
    </message>
    <message>
        <source>rate {rate}</source>
        <translation>학습률 {rate}</translation>
    </message>
    <message>
        <source>sample mean</source>
        <translation>샘플 평균</translation>
    </message>
    <message>
        <source>slope of the line (kg per cm)</source>
        <translation>직선의 기울기(cm당 kg)</translation>
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
        <source>step {step}: least squares reached</source>
        <translation>스텝 {step}: 최소제곱법의 답에 도달했습니다</translation>
    </message>
    <message>
        <source>step {step}; learns {count}</source>
        <translation>스텝 {step}, 파라미터 {count}개</translation>
    </message>
    <message>
        <source>the samples&apos; y</source>
        <translation>샘플의 y</translation>
    </message>
    <message>
        <source>this data</source>
        <translation>이 데이터</translation>
    </message>
    <message>
        <source>to the peak</source>
        <translation>봉우리로</translation>
    </message>
    <message>
        <source>trained on {loss}</source>
        <translation>{loss}로 학습</translation>
    </message>
    <message>
        <source>valley</source>
        <translation>골짜기</translation>
    </message>
    <message>
        <source>weight for body weight</source>
        <translation>몸무게의 가중치</translation>
    </message>
    <message>
        <source>weight for height</source>
        <translation>키의 가중치</translation>
    </message>
    <message>
        <source>weight y (kg)</source>
        <translation>몸무게 y(kg)</translation>
    </message>
    <message>
        <source>while training</source>
        <translation>학습하는 동안</translation>
    </message>
    <message>
        <source>y</source>
        <translation>y</translation>
    </message>
    <message>
        <source>y = 1 is “{name}”, y = 0 all others.</source>
        <translation>y = 1은 “{name}”, y = 0은 나머지 모두입니다.</translation>
    </message>
    <message>
        <source>{drawn} of {count} drawn</source>
        <translation>{count}개 가운데 {drawn}개를 그림</translation>
    </message>
    <message>
        <source>{height} cm, {weight} kg</source>
        <translation>{height} cm, {weight} kg</translation>
    </message>
    <message>
        <source>{place}: no label</source>
        <translation>{place}: 레이블 없음</translation>
    </message>
    <message>
        <source>{place}: {name}</source>
        <translation>{place}: {name}</translation>
    </message>
    <message>
        <source>μ alone, the same for every x</source>
        <translation>μ 하나만, 모든 x에서 같음</translation>
    </message>
    <message>
        <source>σ around the model</source>
        <translation>모델 둘레의 σ</translation>
    </message>
    <message>
        <source>√MSE</source>
        <translation>√MSE</translation>
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
        <source>&amp;Lab</source>
        <translation>실험(&amp;L)</translation>
    </message>
    <message>
        <source>BM&amp;I edges</source>
        <translation>BMI 경계선(&amp;I)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>언어(&amp;G)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>최근 파일 열기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Scenes</source>
        <translation>장면(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Copy model as</source>
        <translation>모델 복사(&amp;C)</translation>
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
    <name>Metrics</name>
    <message>
        <source>1 held-out sample</source>
        <translation>테스트용 샘플 1개</translation>
    </message>
    <message>
        <source>1 sample</source>
        <translation>샘플 1개</translation>
    </message>
    <message>
        <source>1 training sample</source>
        <translation>학습 샘플 1개</translation>
    </message>
    <message>
        <source>A ROC curve needs samples labelled {name}, and others.</source>
        <translation>ROC 곡선을 그리려면 레이블이 {name}인 샘플과 그렇지 않은 샘플이 모두 있어야 합니다.</translation>
    </message>
    <message>
        <source>AUC {area} · {name} against the rest</source>
        <translation>AUC {area} · {name} 대 나머지</translation>
    </message>
    <message>
        <source>Above every p: nothing is answered {name}.</source>
        <translation>모든 p보다 높아 답이 {name}인 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>Accuracy on {samples} ({rule}): {both}.</source>
        <translation>{samples}의 정확도({rule}): {both}.</translation>
    </message>
    <message>
        <source>Accuracy {value} on {samples} ({rule}).</source>
        <translation>{samples}의 정확도({rule}): {value}.</translation>
    </message>
    <message>
        <source>Area under the curve: how often a sample of the class has a larger p than one of the others (0.5 is chance)</source>
        <translation>곡선 아래의 넓이: 이 범주의 샘플이 다른 범주의 샘플보다 p가 클 확률입니다(0.5는 우연 수준)</translation>
    </message>
    <message>
        <source>Brier score: mean of (p - y)². ECE, expected calibration error: mean distance from the diagonal, weighted by the samples in each bin</source>
        <translation>브라이어 점수: (p - y)²의 평균. ECE(기대 보정 오차): 구간의 샘플 수로 가중한, 대각선까지의 평균 거리</translation>
    </message>
    <message>
        <source>Brier {brier} · ECE {error}</source>
        <translation>브라이어 {brier} · ECE {error}</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>Calibration curve</source>
        <translation>보정 곡선</translation>
    </message>
    <message>
        <source>Click on a cell to select its samples on the canvas.</source>
        <translation>칸을 누르면 그 샘플들이 캔버스에서 선택됩니다.</translation>
    </message>
    <message>
        <source>Click on the curve to set the threshold.</source>
        <translation>곡선을 누르면 임계값이 그 점으로 정해집니다.</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>Confusion matrix, precision, recall and F1</source>
        <translation>혼동 행렬, 정밀도, 재현율, F1</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>같은 수</translation>
    </message>
    <message>
        <source>F1 of {name}: the harmonic mean of its precision and recall.</source>
        <translation>{name}의 F1: 정밀도와 재현율의 조화 평균입니다.</translation>
    </message>
    <message>
        <source>From p ≥ {threshold} on: {found} of those labelled {name} found, {alarms} of the others taken for it.</source>
        <translation>p ≥ {threshold}일 때: 레이블이 {name}인 샘플의 {found}를 찾고, 나머지의 {alarms}를 잘못 고릅니다.</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>테스트용</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>평가 지표</translation>
    </message>
    <message>
        <source>Never the answer: {names}.</source>
        <translation>답으로 나온 적 없음: {names}.</translation>
    </message>
    <message>
        <source>No labelled sample is held out of training yet</source>
        <translation>아직 테스트용으로 남겨 둔 샘플이 없습니다</translation>
    </message>
    <message>
        <source>No sample is answered {name}: its precision is 0 / 0, no number.</source>
        <translation>답이 {name}인 샘플이 없어 정밀도가 0 / 0이므로 정의되지 않습니다.</translation>
    </message>
    <message>
        <source>No sample is held out.</source>
        <translation>테스트용 샘플은 없습니다.</translation>
    </message>
    <message>
        <source>No sample is labelled or answered {name}: its F1 is 0 / 0, no number.</source>
        <translation>레이블이나 답이 {name}인 샘플이 없어 F1이 0 / 0이므로 정의되지 않습니다.</translation>
    </message>
    <message>
        <source>No sample is labelled {label}.</source>
        <translation>레이블이 {label}인 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>No sample is labelled {name}: its recall is 0 / 0, no number.</source>
        <translation>레이블이 {name}인 샘플이 없어 재현율이 0 / 0이므로 정의되지 않습니다.</translation>
    </message>
    <message>
        <source>No samples: {names}.</source>
        <translation>샘플 없음: {names}.</translation>
    </message>
    <message>
        <source>On the diagonal p is right as often as it says. Lines: 95 % intervals. Bars: samples in each bin.</source>
        <translation>대각선 위에서는 p가 말하는 만큼 맞습니다. 세로선: 95 % 신뢰 구간. 막대: 구간별 샘플 수.</translation>
    </message>
    <message>
        <source>One class against the rest: choose it in the table. The largest p decides, not a threshold, so the point of the answers need not lie on the curve.</source>
        <translation>한 범주 대 나머지입니다. 범주는 표에서 고릅니다. 임계값이 아니라 가장 큰 p가 답을 정하므로 답의 점은 곡선 위에 있지 않을 수 있습니다.</translation>
    </message>
    <message>
        <source>Precision, recall, F1 and samples of each class</source>
        <translation>범주별 정밀도, 재현율, F1, 샘플 수</translation>
    </message>
    <message>
        <source>Precision: {hits} of {samples} answered {name} are labelled so.</source>
        <translation>정밀도: 답이 {name}인 {samples} 중 {hits}개의 레이블이 그렇습니다.</translation>
    </message>
    <message>
        <source>ROC curve</source>
        <translation>ROC 곡선</translation>
    </message>
    <message>
        <source>Recall: {hits} of {samples} labelled {name} are answered so.</source>
        <translation>재현율: 레이블이 {name}인 {samples} 중 {hits}개의 답이 그렇습니다.</translation>
    </message>
    <message>
        <source>Selected at step {step}: {samples} labelled {label}, answered {answer}.</source>
        <translation>{step}번째 스텝에서 선택함: {samples}, 레이블 {label}, 답 {answer}.</translation>
    </message>
    <message>
        <source>Show the model trained on this loss</source>
        <translation>이 손실로 학습한 모델을 보여 줍니다</translation>
    </message>
    <message>
        <source>TP: labelled and answered so. FP: answered so, labelled otherwise. FN: labelled so, answered otherwise.</source>
        <translation>TP: 레이블도 답도 이 범주. FP: 답은 이 범주, 레이블은 다른 범주. FN: 레이블은 이 범주, 답은 다른 범주.</translation>
    </message>
    <message>
        <source>Ten bins of p, each 10 % wide</source>
        <translation>p의 구간 10개, 폭은 각각 10 %</translation>
    </message>
    <message>
        <source>Ten bins with equally many samples each, as nearly as ties allow</source>
        <translation>샘플 수가 같은 구간 10개(값이 같은 샘플이 허용하는 만큼)</translation>
    </message>
    <message>
        <source>The mean of {column} over the classes for which it is defined, each counting alike (macro average).</source>
        <translation>값이 정의된 범주들의 {column} 평균입니다. 범주마다 똑같이 셉니다(매크로 평균).</translation>
    </message>
    <message>
        <source>The model&apos;s weights are not finite numbers: it has no answers to judge.</source>
        <translation>모델의 가중치가 유한한 수가 아니어서 평가할 답이 없습니다.</translation>
    </message>
    <message>
        <source>The samples that the model is trained on</source>
        <translation>모델을 학습시키는 샘플</translation>
    </message>
    <message>
        <source>The samples that training never sees</source>
        <translation>학습에 쓰지 않는 샘플</translation>
    </message>
    <message>
        <source>The step&apos;s p is 0 or 1: no threshold moves its answers.</source>
        <translation>단위 계단 함수의 p는 0 아니면 1이므로 임계값을 바꾸어도 답이 그대로입니다.</translation>
    </message>
    <message>
        <source>There is no labelled sample to judge by.</source>
        <translation>평가할 레이블 있는 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>True and false positives at every threshold</source>
        <translation>임계값마다의 참 양성률과 거짓 양성률</translation>
    </message>
    <message>
        <source>Whether p is right as often as it says</source>
        <translation>p가 말하는 만큼 실제로 맞는지</translation>
    </message>
    <message>
        <source>Whom the model takes for whom: with a row for each label and a column for each answer, right answers lie on the diagonal; ROC and calibration judge its probabilities. On held-out samples, which training never sees, the numbers tell what it has learnt rather than memorised.</source>
        <translation>모델이 누구를 무엇으로 보는지 나타냅니다. 행은 레이블, 열은 답이므로 맞은 답은 대각선에 놓이며, ROC와 보정은 확률 자체를 평가합니다. 학습에 쓰지 않은 테스트용 샘플에서의 값은 외운 것이 아니라 배운 것을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>같은 폭</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>답</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>완전 보정</translation>
    </message>
    <message>
        <source>chance</source>
        <translation>우연</translation>
    </message>
    <message>
        <source>false positive rate</source>
        <translation>거짓 양성률</translation>
    </message>
    <message>
        <source>label</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>mean p of a bin</source>
        <translation>구간의 평균 p</translation>
    </message>
    <message>
        <source>mean, total</source>
        <translation>평균, 합계</translation>
    </message>
    <message>
        <source>p ≥ {threshold}</source>
        <translation>p ≥ {threshold}</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>재현율</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>샘플 수</translation>
    </message>
    <message>
        <source>share of the class</source>
        <translation>범주의 비율</translation>
    </message>
    <message>
        <source>the largest p</source>
        <translation>가장 큰 p</translation>
    </message>
    <message>
        <source>true positive rate (recall)</source>
        <translation>참 양성률(재현율)</translation>
    </message>
    <message>
        <source>{column} of {name}: {value}</source>
        <translation>{name}의 {column}: {value}</translation>
    </message>
    <message>
        <source>{count} held-out samples</source>
        <translation>테스트용 샘플 {count}개</translation>
    </message>
    <message>
        <source>{count} samples</source>
        <translation>샘플 {count}개</translation>
    </message>
    <message>
        <source>{count} training samples</source>
        <translation>학습 샘플 {count}개</translation>
    </message>
    <message>
        <source>{label} answered {answer}: {count}</source>
        <translation>레이블 {label}, 답 {answer}: {count}</translation>
    </message>
    <message>
        <source>{samples} in all.</source>
        <translation>모두 {samples}입니다.</translation>
    </message>
    <message>
        <source>{samples} labelled {label} answered rightly</source>
        <translation>레이블 {label}에 바르게 답한 {samples}</translation>
    </message>
    <message>
        <source>{samples} labelled {label} answered {answer}</source>
        <translation>레이블은 {label}, 답은 {answer}인 {samples}</translation>
    </message>
    <message>
        <source>{samples} labelled {name}.</source>
        <translation>레이블이 {name}인 {samples}입니다.</translation>
    </message>
    <message>
        <source>{samples} with p from {low} to {high}, {mean} on average: {share} labelled {name} (95 % interval {share_low} to {share_high}).</source>
        <translation>p가 {low}~{high}(평균 {mean})인 {samples}: 레이블이 {name}인 비율 {share}(95 % 신뢰 구간 {share_low}~{share_high}).</translation>
    </message>
    <message>
        <source>{samples} with several labels or none: only the curves count them.</source>
        <translation>레이블이 여럿이거나 없는 {samples}: 곡선만 이들을 셉니다.</translation>
    </message>
    <message>
        <source>{samples} without a defined p: each class counts as equally likely there.</source>
        <translation>p가 정의되지 않는 {samples}: 모든 범주의 확률이 같다고 셉니다.</translation>
    </message>
    <message>
        <source>{sentence}: {share} of those labelled so.</source>
        <translation>{sentence}: 이 레이블의 {share}입니다.</translation>
    </message>
    <message>
        <source>– is 0 / 0: no number.</source>
        <translation>–는 0 / 0이므로 정의되지 않습니다.</translation>
    </message>
</context>
<context>
    <name>ModelName</name>
    <message>
        <source>K sigmoids</source>
        <translation>시그모이드 K개</translation>
    </message>
    <message>
        <source>sigmoids</source>
        <translation>시그모이드</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>소프트맥스</translation>
    </message>
    <message>
        <source>trained on {loss}</source>
        <translation>{loss}로 학습</translation>
    </message>
    <message>
        <source>{model}, trained on {loss}</source>
        <translation>{model}, {loss}로 학습</translation>
    </message>
</context>
<context>
    <name>ModelSection</name>
    <message>
        <source>Binary cross-entropy: the mean of -ln of the probability given to each sample&apos;s own class</source>
        <translation>이진 교차 엔트로피: 각 샘플의 실제 범주에 준 확률의 -ln을 평균한 값</translation>
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
        <source>Label smoothing ε: the targets are (1 - ε) y + ε / K in place of the labels y, so that no p is pulled to 0 or 1. No cross-entropy goes below the entropy of such targets</source>
        <translation>레이블 스무딩 ε: 레이블 y 대신 (1 - ε) y + ε / K를 목표로 삼아 p가 0이나 1로 끌려가지 않게 합니다. 교차 엔트로피는 이런 목표의 엔트로피보다 작아질 수 없습니다</translation>
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
        <source>Binary cross-entropy of each class against the rest, summed over the classes, then the mean</source>
        <translation>각 범주와 나머지 사이의 이진 교차 엔트로피를 범주에 대해 더한 뒤 평균한 값</translation>
    </message>
    <message>
        <source>K sigmoids</source>
        <translation>시그모이드 K개</translation>
    </message>
    <message>
        <source>K sigmoids: one logit a class, each with a sigmoid of its own. The probabilities are independent and need not add to 1: right for samples with several labels (multi-label classification)</source>
        <translation>시그모이드 K개: 범주마다 로짓이 하나씩 있고 각각 시그모이드를 거칩니다. 확률들은 서로 독립이고 합이 1일 필요가 없어, 레이블이 여러 개인 샘플(다중 레이블 분류)에 알맞습니다</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>레이블 스무딩</translation>
    </message>
    <message>
        <source>Label smoothing is from 0 to 0.5.</source>
        <translation>레이블 스무딩은 0부터 0.5까지입니다.</translation>
    </message>
    <message>
        <source>Mean squared error: (p - y) squared, summed over the classes, then the mean</source>
        <translation>평균 제곱 오차: (p - y)의 제곱을 범주에 걸쳐 더한 뒤 평균한 값</translation>
    </message>
    <message>
        <source>Mean squared error: for the step it is the share of wrong answers</source>
        <translation>평균 제곱 오차: 계단 모델에서는 오답률과 같습니다</translation>
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
        <source>Multi-layer perceptron</source>
        <translation>다층 퍼셉트론</translation>
    </message>
    <message>
        <source>Multi-layer perceptron: hidden layers of units before the logit, so that the boundary can be curved; p = sigmoid(z)</source>
        <translation>다층 퍼셉트론: 로짓 앞에 은닉층이 있어 기준선이 휠 수 있습니다. p = 시그모이드(z)</translation>
    </message>
    <message>
        <source>One model is trained on each loss: the same start, the same samples, the same steps</source>
        <translation>손실마다 모델을 하나씩 학습합니다. 시작도, 샘플도, 스텝도 같습니다</translation>
    </message>
    <message>
        <source>Softmax and K sigmoids</source>
        <translation>소프트맥스와 시그모이드 K개</translation>
    </message>
    <message>
        <source>Softmax regression</source>
        <translation>소프트맥스 회귀</translation>
    </message>
    <message>
        <source>Softmax regression (multinomial logistic regression): one logit z a class, linear in height and weight; p = e to the z over the sum of all of them</source>
        <translation>소프트맥스 회귀(다항 로지스틱 회귀): 범주마다 키와 몸무게에 대해 선형인 로짓 z가 하나씩 있고, p는 e의 z제곱을 그 합으로 나눈 값입니다</translation>
    </message>
    <message>
        <source>Softmax regression: one logit a class; with two classes it follows the logistic model at twice the learning rate</source>
        <translation>소프트맥스 회귀: 범주마다 로짓이 하나씩 있습니다. 범주가 둘이면 학습률이 두 배인 로지스틱 모델과 똑같이 움직입니다</translation>
    </message>
    <message>
        <source>Softmax trained on CE beside K sigmoids trained on BCE: the same start, the same samples, the same steps</source>
        <translation>CE로 학습하는 소프트맥스와 BCE로 학습하는 시그모이드 K개를 나란히: 같은 시작, 같은 샘플, 같은 스텝</translation>
    </message>
    <message>
        <source>Softmax&apos;s rival z² / Σz²: it cannot tell a logit from its opposite and is undefined where all logits are 0</source>
        <translation>소프트맥스의 대안 z² / Σz²: 로짓과 그 반대 부호를 구별하지 못하고, 모든 로짓이 0인 곳에서 정의되지 않습니다</translation>
    </message>
    <message>
        <source>Softmax&apos;s rival |z| / Σ|z|: it cannot tell a logit from its opposite, has a kink where one is 0 and is undefined where all are</source>
        <translation>소프트맥스의 대안 |z| / Σ|z|: 로짓과 그 반대 부호를 구별하지 못하고, 로짓 하나가 0인 곳에서 꺾이며, 모두 0인 곳에서 정의되지 않습니다</translation>
    </message>
    <message>
        <source>Some samples carry several labels or none: softmax uses only the first one, its class; K sigmoids learn all.</source>
        <translation>레이블이 여러 개이거나 없는 샘플이 있습니다. 소프트맥스는 첫 레이블인 범주만 쓰고, 시그모이드 K개는 모두 학습합니다.</translation>
    </message>
    <message>
        <source>Some samples carry several labels or none: this model uses only the first one, its class.</source>
        <translation>레이블이 여러 개이거나 없는 샘플이 있습니다. 이 모델은 첫 레이블인 범주만 씁니다.</translation>
    </message>
    <message>
        <source>Step perceptron</source>
        <translation>계단 퍼셉트론</translation>
    </message>
    <message>
        <source>Step perceptron: the same z, but p = 1 where z is at least 0, else 0 (unit step function)</source>
        <translation>계단 퍼셉트론: z는 같지만, z가 0 이상이면 p = 1, 아니면 0입니다(단위 계단 함수)</translation>
    </message>
    <message>
        <source>The step&apos;s p is exactly 0 or 1, so its BCE is infinite as soon as one sample is wrong: there is nothing to train on</source>
        <translation>계단의 p는 정확히 0이나 1이라, 샘플 하나만 틀려도 BCE가 무한대입니다. 그래서 학습할 수 없습니다</translation>
    </message>
    <message>
        <source>z² normaliser</source>
        <translation>z² 정규화</translation>
    </message>
    <message>
        <source>|z| normaliser</source>
        <translation>|z| 정규화</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>Edges are as wide as the standardised weights: solid for positive, hollow or dashed for negative ones</source>
        <translation>선의 굵기는 표준화 가중치의 크기입니다. 양수는 채운 선, 음수는 빈 선이나 점선입니다</translation>
    </message>
    <message>
        <source>Hidden layer {layer}, unit {unit}</source>
        <translation>은닉층 {layer}, 유닛 {unit}</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Output node</source>
        <translation>출력 노드</translation>
    </message>
    <message>
        <source>height</source>
        <translation>키</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>시그모이드</translation>
    </message>
    <message>
        <source>step</source>
        <translation>계단</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>몸무게</translation>
    </message>
    <message>
        <source>{unit}: {activation}(z) = {value}</source>
        <translation>{unit}: {activation}(z) = {value}</translation>
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
        <translation>0.1이나 1e-3 같은 수를 입력하십시오.</translation>
    </message>
    <message>
        <source>Type a whole number.</source>
        <translation>정수를 입력하십시오.</translation>
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
        <source>One step is one sample, in seeded order. Only a wrong answer moves the line.</source>
        <translation>한 스텝은 시드로 정한 순서의 샘플 하나입니다. 틀린 답만 기준선을 움직입니다.</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>최적화 기법</translation>
    </message>
    <message>
        <source>Perceptron rule</source>
        <translation>퍼셉트론 규칙</translation>
    </message>
    <message>
        <source>Perceptron rule (Rosenblatt): w moves by rate × (y - p) × x, one sample a step</source>
        <translation>퍼셉트론 규칙(로젠블랫): 스텝마다 샘플 하나로 w를 학습률 × (y - p) × x만큼 옮깁니다</translation>
    </message>
    <message>
        <source>The lines that the perceptron rule ends on from 30 starts: all are equally good to it</source>
        <translation>30개의 시작점에서 퍼셉트론 규칙이 도달한 기준선들: 규칙에게는 모두 똑같이 좋습니다</translation>
    </message>
    <message>
        <source>The momentum is at least 0 and below 1.</source>
        <translation>모멘텀은 0 이상 1 미만이어야 합니다.</translation>
    </message>
    <message>
        <source>Type a whole number from 1 to {count}, or {all}.</source>
        <translation>1부터 {count}까지의 정수나 ‘{all}’ 중에서 입력하십시오.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>all {count}</source>
        <translation>전체 {count}</translation>
    </message>
    <message>
        <source>lines from 30 starts</source>
        <translation>30개 시작점의 기준선</translation>
    </message>
</context>
<context>
    <name>OutputLayer</name>
    <message>
        <source>A constant added to all logits: softmax never changes with it</source>
        <translation>모든 로짓에 더하는 상수: 소프트맥스는 이것으로 바뀌지 않습니다</translation>
    </message>
    <message>
        <source>Add to all logits:</source>
        <translation>모든 로짓에 더하기:</translation>
    </message>
    <message>
        <source>All four trained from the same start: how well each learns</source>
        <translation>넷을 같은 시작점에서 학습: 저마다 얼마나 잘 배우는지</translation>
    </message>
    <message>
        <source>All four trained on the squared error</source>
        <translation>넷 모두 제곱 오차로 학습합니다</translation>
    </message>
    <message>
        <source>All weights are 0, so every logit is: |z| and z² are undefined everywhere. Train, or choose a start by chance.</source>
        <translation>모든 가중치가 0이라 로짓도 모두 0이고, |z|와 z²는 어디서도 정의되지 않습니다. 학습하거나 무작위 시작을 고르십시오.</translation>
    </message>
    <message>
        <source>At {height} cm, {weight} kg:</source>
        <translation>{height} cm, {weight} kg에서:</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>막대</translation>
    </message>
    <message>
        <source>Compare with the same logits without the minus sign</source>
        <translation>음의 부호를 뺀 로짓과 비교합니다</translation>
    </message>
    <message>
        <source>Compare with the same logits, the second one negative</source>
        <translation>둘째 로짓만 음수로 바꾼 것과 비교합니다</translation>
    </message>
    <message>
        <source>Constant added to all logits</source>
        <translation>모든 로짓에 더하는 상수</translation>
    </message>
    <message>
        <source>Dotted: before. In softmax a logit that rises lowers all other probabilities; of the sigmoids only its own changes; |z| and z² look at its distance from 0 alone.</source>
        <translation>점선은 바꾸기 전입니다. 소프트맥스에서는 한 로짓이 커지면 다른 확률이 모두 작아지고, 시그모이드에서는 자기 것만 바뀌며, |z|와 z²는 0에서 떨어진 거리만 봅니다.</translation>
    </message>
    <message>
        <source>Every logit 0, where |z| and z² are undefined</source>
        <translation>모든 로짓이 0: |z|와 z²가 정의되지 않는 곳</translation>
    </message>
    <message>
        <source>Every logit is 0: |z| and z² are undefined there and have no point in the triangle.</source>
        <translation>모든 로짓이 0입니다. |z|와 z²는 정의되지 않아 삼각형 안에 점이 없습니다.</translation>
    </message>
    <message>
        <source>Every logit is 0: |z| and z² are undefined, 0 divided by 0. Training takes p as 1/K there, with no gradient: from zeros they never start.</source>
        <translation>모든 로짓이 0입니다. |z|와 z²는 0 나누기 0이라 정의되지 않습니다. 학습에서는 그곳의 p를 1/K로, 그래디언트를 0으로 치므로 0에서는 출발하지 못합니다.</translation>
    </message>
    <message>
        <source>Follow the model again: its logits at the place pointed at</source>
        <translation>다시 모델을 따릅니다: 가리킨 곳의 로짓</translation>
    </message>
    <message>
        <source>For softmax a larger logit is always a larger p. For |z| and z² a very negative logit counts as much as a very positive one; the sigmoids need not sum to 100 %.</source>
        <translation>소프트맥스에서는 로짓이 크면 언제나 p도 큽니다. |z|와 z²에서는 크게 음수인 로짓이 크게 양수인 로짓과 똑같이 쳐지고, 시그모이드는 합이 100 %가 아니어도 됩니다.</translation>
    </message>
    <message>
        <source>Four models start from the very same weights and see the same samples, by your optimiser and rate. Wrong answers are the one ruler for all.</source>
        <translation>네 모델이 똑같은 가중치에서 시작해 같은 샘플을 보고, 설정된 최적화 기법과 학습률을 씁니다. 오답률이 모두에게 같은 잣대입니다.</translation>
    </message>
    <message>
        <source>Here both keep up with softmax all the same.</source>
        <translation>그래도 여기서는 둘 다 소프트맥스를 따라갑니다.</translation>
    </message>
    <message>
        <source>Inside the triangle three numbers sum to 1; the lines part the answers. The sigmoids sum to {total}: they have no point here but divided by that (hollow).</source>
        <translation>삼각형 안에서는 세 수의 합이 1이고, 선이 답을 가릅니다. 시그모이드의 합은 {total}이므로 그 값으로 나누어야만 여기에 점이 생깁니다(빈 점).</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>On CE the logit of a sample&apos;s own class can hardly change its sign under |z| and z²: at 0 its p is 0 and the loss infinite, a wall.</source>
        <translation>CE에서는 |z|와 z²를 쓰면 샘플 자신의 범주의 로짓이 부호를 바꾸기 어렵습니다. 0에서 p가 0이고 손실이 무한대라서 벽이 됩니다.</translation>
    </message>
    <message>
        <source>On MSE no loss is infinite, but those of |z| and z² are not convex: where they end depends on the start.</source>
        <translation>MSE에서는 손실이 무한대가 되지 않지만 |z|와 z²의 손실은 아래로 볼록하지 않으므로 어디에서 끝날지는 시작점에 달려 있습니다.</translation>
    </message>
    <message>
        <source>Output layer</source>
        <translation>출력층</translation>
    </message>
    <message>
        <source>Place the samples by the probabilities of this output layer</source>
        <translation>이 출력층의 확률로 샘플의 자리를 정합니다</translation>
    </message>
    <message>
        <source>Race</source>
        <translation>경주</translation>
    </message>
    <message>
        <source>Raced on {used} of {count} samples.</source>
        <translation>샘플 {count}개 가운데 {used}개로 경주했습니다.</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>영역</translation>
    </message>
    <message>
        <source>Samples or settings have changed since: race again.</source>
        <translation>그 뒤 샘플이나 설정이 바뀌었습니다. 다시 경주하십시오.</translation>
    </message>
    <message>
        <source>Samples under</source>
        <translation>샘플의 출력층:</translation>
    </message>
    <message>
        <source>Simplex</source>
        <translation>심플렉스</translation>
    </message>
    <message>
        <source>Started by chance: from zeros |z| and z² are undefined and never move.</source>
        <translation>무작위로 시작했습니다. 0에서는 |z|와 z²가 정의되지 않아 움직이지 못합니다.</translation>
    </message>
    <message>
        <source>Steps of the race</source>
        <translation>경주의 스텝 수</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Take the pointer&apos;s</source>
        <translation>포인터 위치의 값으로</translation>
    </message>
    <message>
        <source>The model has one output node z, shown as the logits -z/2 and z/2: softmax of them is its p, exactly. |z| and z² cannot tell opposite numbers apart.</source>
        <translation>이 모델의 출력 노드는 z 하나이며, 로짓 -z/2와 z/2로 나타냅니다. 그 소프트맥스는 정확히 모델의 p입니다. |z|와 z²는 부호만 반대인 수를 구별하지 못합니다.</translation>
    </message>
    <message>
        <source>The probabilities of all classes under each output layer</source>
        <translation>출력층마다 모든 범주의 확률</translation>
    </message>
    <message>
        <source>The same weights, read in four ways. Every logit is 0 along one line: |z| and z² are undefined there.</source>
        <translation>같은 가중치를 네 가지로 읽은 것입니다. 한 직선 위에서 모든 로짓이 0이고, 그곳에서는 |z|와 z²가 정의되지 않습니다.</translation>
    </message>
    <message>
        <source>One logit a class goes through four output layers, which make probabilities of it, each in its own way. Drag a logit: softmax alone has for every list of logits an answer that sums to 1 and forgets nothing of them but a constant added to all.</source>
        <translation>범주마다 하나인 로짓이 네 출력층을 지나며 저마다의 방식으로 확률이 됩니다. 로짓을 끌어 보십시오. 어떤 로짓에도 합이 1인 답을 내면서, 모두에 더한 상수 말고는 아무것도 잊지 않는 것은 소프트맥스뿐입니다.</translation>
    </message>
    <message>
        <source>Samples with several labels are judged by the first of them.</source>
        <translation>여러 레이블이 붙은 샘플은 그 가운데 첫째로 판정합니다.</translation>
    </message>
    <message>
        <source>The same weights, read in four ways. Softmax and the sigmoids answer alike everywhere; for |z| and z² a class may win on both sides of its line z = 0.</source>
        <translation>같은 가중치를 네 가지로 읽은 것입니다. 소프트맥스와 시그모이드의 답은 어디서나 같고, |z|와 z²에서는 한 범주가 z = 0인 직선의 양쪽에서 이길 수 있습니다.</translation>
    </message>
    <message>
        <source>The same weights, read in four ways. Where every logit is 0, |z| and z² are undefined; along each ray from that place their p never changes.</source>
        <translation>같은 가중치를 네 가지로 읽은 것입니다. 모든 로짓이 0인 곳에서 |z|와 z²는 정의되지 않고, 그곳에서 뻗는 반직선 위에서는 p가 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>The triangle is for three classes: its corners are the three certain answers. Two classes have a line, four a tetrahedron.</source>
        <translation>삼각형은 범주가 셋일 때의 것이며, 꼭짓점은 확실한 세 답입니다. 범주가 둘이면 선분, 넷이면 사면체입니다.</translation>
    </message>
    <message>
        <source>The two logits are opposite numbers: |z| and z² make 1/2 of both everywhere, and are undefined where both are 0.</source>
        <translation>두 로짓은 부호만 반대입니다. |z|와 z²는 어디서나 둘 다 1/2로 만들고, 둘 다 0인 곳에서는 정의되지 않습니다.</translation>
    </message>
    <message>
        <source>Three probabilities that sum to 1 as a point of a triangle</source>
        <translation>합이 1인 세 확률을 삼각형의 한 점으로</translation>
    </message>
    <message>
        <source>Train all four from the same start on the present samples</source>
        <translation>넷 모두를 같은 시작점에서 지금의 샘플로 학습합니다</translation>
    </message>
    <message>
        <source>Train the model with this output layer, from its present weights; Reset starts anew</source>
        <translation>이 출력층의 모델을 지금의 가중치에서 이어 학습합니다. 초기화하면 새로 시작합니다</translation>
    </message>
    <message>
        <source>Train this one:</source>
        <translation>이것을 학습:</translation>
    </message>
    <message>
        <source>Trained on cross-entropy; the K sigmoids on BCE</source>
        <translation>교차 엔트로피로 학습하고, 시그모이드 K개는 BCE로 학습합니다</translation>
    </message>
    <message>
        <source>What each output layer answers where, with the present weights</source>
        <translation>지금의 가중치로 각 출력층이 어디에서 무엇이라 답하는지</translation>
    </message>
    <message>
        <source>Wrong at the end: {names}; softmax {softmax}.</source>
        <translation>마지막 오답률: {names}, 소프트맥스 {softmax}.</translation>
    </message>
    <message>
        <source>Your own logits.</source>
        <translation>직접 정한 로짓입니다.</translation>
    </message>
    <message>
        <source>against the dotted bars</source>
        <translation>점선 막대와 견주면</translation>
    </message>
    <message>
        <source>another</source>
        <translation>다름</translation>
    </message>
    <message>
        <source>logit of {name}</source>
        <translation>{name}의 로짓</translation>
    </message>
    <message>
        <source>logits z</source>
        <translation>로짓 z</translation>
    </message>
    <message>
        <source>on CE</source>
        <translation>CE로</translation>
    </message>
    <message>
        <source>on MSE</source>
        <translation>MSE로</translation>
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
        <source>sum</source>
        <translation>합</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>같음</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>정의되지 않음</translation>
    </message>
    <message>
        <source>undefined: 0 / 0</source>
        <translation>정의되지 않음: 0 / 0</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>오답률</translation>
    </message>
    <message>
        <source>wrong answers</source>
        <translation>오답률</translation>
    </message>
    <message>
        <source>{added} on every logit: softmax never changes with it, its only ambiguity. Here no other answer changes either.</source>
        <translation>모든 로짓에 {added}: 소프트맥스는 이것으로 바뀌지 않으며, 그것이 유일한 모호함입니다. 여기서는 다른 답도 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>{added} on every logit: softmax&apos;s answer stays, as for every constant. That is its only ambiguity. Changed: {names}.</source>
        <translation>모든 로짓에 {added}: 어떤 상수를 더해도 소프트맥스의 답은 그대로입니다. 그것이 소프트맥스의 유일한 모호함입니다. 바뀐 것: {names}.</translation>
    </message>
    <message>
        <source>{hint}. It starts by chance: at zeros it is undefined</source>
        <translation>{hint}. 0에서는 정의되지 않으므로 무작위로 시작합니다</translation>
    </message>
    <message>
        <source>{name}, {height} cm, {weight} kg:</source>
        <translation>{name}, {height} cm, {weight} kg:</translation>
    </message>
    <message>
        <source>{name}: {share} wrong</source>
        <translation>{name}: 오답률 {share}</translation>
    </message>
    <message>
        <source>{n} steps</source>
        <translation>{n}스텝</translation>
    </message>
    <message>
        <source>{one} and {other} get one and the same answer from |z| and from z²: the sign is lost. Softmax and the sigmoids tell them apart.</source>
        <translation>|z|와 z²는 {one}과 {other}에 똑같은 답을 냅니다. 부호를 잃기 때문입니다. 소프트맥스와 시그모이드는 둘을 구별합니다.</translation>
    </message>
</context>
<context>
    <name>OutputRace</name>
    <message>
        <source>A person can be both tall and overweight: such labels are for sigmoids (multi-label classification).</source>
        <translation>한 사람이 큰 키이면서 과체중일 수도 있습니다. 그런 레이블에는 시그모이드가 알맞습니다(다중 레이블 분류).</translation>
    </message>
    <message>
        <source>A row per class at rate r follows the logistic model at 2r, as both rows move, in opposite directions; its MSE is twice the binary one. Largest difference in {steps} steps on {samples} samples: {difference}, rounding.</source>
        <translation>범주마다 한 행을 학습률 r로 학습하면 두 행이 서로 반대로 움직이므로 학습률 2r인 로지스틱 모델을 그대로 따라갑니다. MSE는 이진의 두 배입니다. 샘플 {samples}개, {steps}스텝에서 최대 차이는 {difference}로, 반올림 오차입니다.</translation>
    </message>
    <message>
        <source>Answers differ (dashed: sigmoids)</source>
        <translation>답이 다른 곳(긴 점선: 시그모이드)</translation>
    </message>
    <message>
        <source>At this rate training does not settle, and rounding errors grow with every step: take a lower one.</source>
        <translation>이 학습률에서는 학습이 자리를 잡지 못하고 반올림 오차가 스텝마다 커집니다. 더 낮은 학습률을 쓰십시오.</translation>
    </message>
    <message>
        <source>Blue: more than 100 %, grey: less; on the line exactly 100 %</source>
        <translation>파랑: 100 % 초과, 회색: 100 % 미만, 선 위: 정확히 100 %</translation>
    </message>
    <message>
        <source>Blue: the largest p is another class&apos;s. Borders: softmax solid, sigmoids dashed</source>
        <translation>파랑: p가 가장 큰 범주가 서로 다릅니다. 경계: 소프트맥스는 실선, 시그모이드는 긴 점선</translation>
    </message>
    <message>
        <source>Both trained on cross-entropy</source>
        <translation>둘 다 교차 엔트로피로 학습합니다</translation>
    </message>
    <message>
        <source>Both trained on the squared error</source>
        <translation>둘 다 제곱 오차로 학습합니다</translation>
    </message>
    <message>
        <source>Compare them</source>
        <translation>둘을 비교</translation>
    </message>
    <message>
        <source>Drag one logit and watch both</source>
        <translation>로짓 하나를 끌며 둘을 봅니다</translation>
    </message>
    <message>
        <source>Drag one logit: in softmax all other probabilities give way; only its own sigmoid moves.</source>
        <translation>로짓 하나를 끌어 보십시오. 소프트맥스에서는 다른 확률이 모두 자리를 내주지만, 시그모이드는 자기 것만 움직입니다.</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Multi-label example</source>
        <translation>다중 레이블 예제</translation>
    </message>
    <message>
        <source>On MSE a row per class at rate r follows the logistic model at 4r: its MSE is twice the binary one, and two rows move apart. Largest difference in {steps} steps on {samples} samples: {difference}, rounding.</source>
        <translation>MSE에서는 범주마다 한 행을 학습률 r로 학습하면 학습률 4r인 로지스틱 모델을 따라갑니다. MSE가 이진의 두 배이고 두 행이 서로 반대로 움직이기 때문입니다. 샘플 {samples}개, {steps}스텝에서 최대 차이는 {difference}로, 반올림 오차입니다.</translation>
    </message>
    <message>
        <source>One logit</source>
        <translation>로짓 하나</translation>
    </message>
    <message>
        <source>Open people who can be tall, overweight, both or neither</source>
        <translation>큰 키, 과체중, 둘 다이거나 둘 다 아닐 수 있는 사람들을 엽니다</translation>
    </message>
    <message>
        <source>Softmax or sigmoids</source>
        <translation>소프트맥스와 시그모이드</translation>
    </message>
    <message>
        <source>Softmax shares out a probability of 1: one class gains what the others lose. K sigmoids are K independent binary models, whose probabilities need not sum to 1: right where a person can carry several labels.</source>
        <translation>소프트맥스는 확률 1을 나누어 줍니다. 한 범주가 얻는 만큼 다른 범주가 잃습니다. 시그모이드 K개는 독립인 이진 모델 K개이며 확률의 합이 1이 아니어도 됩니다. 한 사람에게 여러 레이블이 붙을 수 있을 때 알맞습니다.</translation>
    </message>
    <message>
        <source>Softmax: {softmax}. The sigmoid of the difference: {sigmoid}. They differ by {difference}.</source>
        <translation>소프트맥스: {softmax}. 차이의 시그모이드: {sigmoid}. 둘의 차이는 {difference}입니다.</translation>
    </message>
    <message>
        <source>Sum of the sigmoids&apos; p (line: 1): here {total}</source>
        <translation>시그모이드 p의 합(선: 1): 여기 {total}</translation>
    </message>
    <message>
        <source>The answers differ for {count} of {all} samples, at which the sigmoids sum to {low} to {high}.</source>
        <translation>샘플 {all}개 가운데 {count}개에서 답이 다릅니다. 샘플에서 시그모이드의 합은 {low}~{high}입니다.</translation>
    </message>
    <message>
        <source>The answers differ for {count} of {all} samples; the sigmoids sum to {low} at each.</source>
        <translation>{all}개 샘플 가운데 {count}개에서 답이 다르고, 시그모이드의 합은 모두 {low}입니다.</translation>
    </message>
    <message>
        <source>The maps show softmax and K sigmoids trained in lockstep, from the same start on the same samples. They are not compared yet.</source>
        <translation>이 지도는 같은 시작점에서 같은 샘플로 나란히 학습한 소프트맥스와 시그모이드 K개를 보여 줍니다. 아직 비교하고 있지 않습니다.</translation>
    </message>
    <message>
        <source>The sum of the sigmoids&apos; probabilities, and where the answers differ</source>
        <translation>시그모이드 확률의 합, 그리고 답이 다른 곳</translation>
    </message>
    <message>
        <source>This page is for two classes: there softmax is the logistic model, trained at another rate.</source>
        <translation>이 쪽은 범주가 둘일 때의 것입니다. 그때 소프트맥스는 학습률만 다른 로지스틱 모델입니다.</translation>
    </message>
    <message>
        <source>Train softmax on CE and K sigmoids on BCE from the same start, step by step</source>
        <translation>같은 시작점에서 소프트맥스는 CE로, 시그모이드 K개는 BCE로 한 스텝씩 함께 학습합니다</translation>
    </message>
    <message>
        <source>Two classes</source>
        <translation>두 범주</translation>
    </message>
    <message>
        <source>With two classes softmax is the logistic model, at another rate</source>
        <translation>범주가 둘이면 소프트맥스는 학습률만 다른 로지스틱 모델입니다</translation>
    </message>
    <message>
        <source>largest difference</source>
        <translation>최대 차이</translation>
    </message>
    <message>
        <source>logistic</source>
        <translation>로지스틱</translation>
    </message>
    <message>
        <source>on CE</source>
        <translation>CE로</translation>
    </message>
    <message>
        <source>on MSE</source>
        <translation>MSE로</translation>
    </message>
    <message>
        <source>step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>w, rate {rate}</source>
        <translation>w, 학습률 {rate}</translation>
    </message>
    <message>
        <source>w: the weight of body weight, in z-scores; the largest difference is that of all numbers</source>
        <translation>w: 몸무게의 가중치(z-점수). 최대 차이는 모든 수 가운데 가장 큰 차이입니다</translation>
    </message>
    <message>
        <source>w₁ - w₀, rate {rate}</source>
        <translation>w₁ - w₀, 학습률 {rate}</translation>
    </message>
    <message>
        <source>z of {name} from {old} down to {new}: in softmax the other classes gained {points} points together; the other sigmoids did not move.</source>
        <translation>{name}의 z를 {old}에서 {new}까지 내림: 소프트맥스에서는 다른 범주가 모두 합해 {points}%p를 얻었고, 다른 시그모이드는 움직이지 않았습니다.</translation>
    </message>
    <message>
        <source>z of {name} from {old} up to {new}: in softmax the other classes lost {points} points together; the other sigmoids did not move.</source>
        <translation>{name}의 z를 {old}에서 {new}까지 올림: 소프트맥스에서는 다른 범주가 모두 합해 {points}%p를 잃었고, 다른 시그모이드는 움직이지 않았습니다.</translation>
    </message>
    <message>
        <source>{count} samples carry a set of labels: the sigmoids learn all of it, softmax one class.</source>
        <translation>샘플 {count}개에 레이블 집합이 붙어 있습니다. 시그모이드는 그 모두를, 소프트맥스는 범주 하나만 배웁니다.</translation>
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
        <source>none of the labels: {count}</source>
        <translation>해당 레이블 없음: {count}</translation>
    </message>
    <message>
        <source>without a label: {count}</source>
        <translation>레이블 없음: {count}</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Drive</source>
        <translation>드라이브</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>찾는 위치(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>파일 형식(&amp;T):</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Left</source>
        <translation>왼쪽 화살표</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>오른쪽 화살표</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>스페이스</translation>
    </message>
</context>
<context>
    <name>RecoveryBar</name>
    <message>
        <source>Bring it back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Samples, settings, weights and what can be undone, as they stood</source>
        <translation>샘플, 설정, 가중치, 실행 취소 내역을 그때 그대로 되돌립니다</translation>
    </message>
    <message>
        <source>Work of {time} was not closed.</source>
        <translation>{time}의 작업이 정상적으로 닫히지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>RemoveClass</name>
    <message>
        <source>A binary problem has two classes. Which stay?</source>
        <translation>이진 분류에는 범주가 둘입니다. 어느 것을 남기겠습니까?</translation>
    </message>
    <message>
        <source>Choose two different classes.</source>
        <translation>서로 다른 범주 둘을 고르십시오.</translation>
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
        <translation>‘{name}’ 범주의 샘플을 어떻게 하겠습니까?</translation>
    </message>
    <message>
        <source>What becomes of the samples of the others?</source>
        <translation>나머지 범주의 샘플을 어떻게 하겠습니까?</translation>
    </message>
</context>
<context>
    <name>SceneCard</name>
    <message>
        <source>(The scene has been changed: this is what comes out of it as it was.)</source>
        <translation>(장면이 바뀌었습니다. 이것은 처음 그대로의 장면에서 나오는 결과입니다.)</translation>
    </message>
    <message>
        <source>Fold the scene&apos;s card to one line</source>
        <translation>장면 카드를 한 줄로 접습니다</translation>
    </message>
    <message>
        <source>Show what comes out</source>
        <translation>결과 보기</translation>
    </message>
    <message>
        <source>The answer was: {answer}</source>
        <translation>정답: {answer}</translation>
    </message>
    <message>
        <source>The outcome shows at step {step}.</source>
        <translation>결과는 {step}스텝에서 나타납니다.</translation>
    </message>
    <message>
        <source>Unfold the scene&apos;s card</source>
        <translation>장면 카드를 펼칩니다</translation>
    </message>
    <message>
        <source>Your guess was right: {answer}</source>
        <translation>예상이 맞았습니다: {answer}</translation>
    </message>
    <message>
        <source>Your guess was wrong: {guess}
The answer was: {answer}</source>
        <translation>예상이 틀렸습니다: {guess}
정답: {answer}</translation>
    </message>
    <message>
        <source>Your guess: {guess}</source>
        <translation>내 예상: {guess}</translation>
    </message>
</context>
<context>
    <name>SceneMenu</name>
    <message>
        <source>Binary lab</source>
        <translation>이진 분류 실험</translation>
    </message>
    <message>
        <source>Multi-class lab</source>
        <translation>다중 분류 실험</translation>
    </message>
</context>
<context>
    <name>SensitivityTab</name>
    <message>
        <source>By the error e = |y - p|: both labels lie on one curve</source>
        <translation>오차 e = |y - p| 기준: 두 레이블이 한 곡선에 놓입니다</translation>
    </message>
    <message>
        <source>By the logit z, the value before the sigmoid</source>
        <translation>시그모이드 앞의 값, 로짓 z 기준</translation>
    </message>
    <message>
        <source>By the probability p: a curve for each label</source>
        <translation>확률 p 기준: 레이블마다 곡선 하나</translation>
    </message>
    <message>
        <source>CE depends on p of the true class alone. MSE lies in the band: it also depends on how the other classes share the rest.</source>
        <translation>CE는 실제 범주의 p에만 달려 있습니다. MSE는 나머지를 다른 범주들이 어떻게 나누는지에도 달려 있어 띠 안에 놓입니다.</translation>
    </message>
    <message>
        <source>How strongly each loss reacts to an error: its value above, its slope below, and every sample on the curve of the loss that its model is trained on. Where a model is confidently wrong, the slope of BCE tends to 1 while that of MSE vanishes.</source>
        <translation>손실이 오차에 얼마나 민감한지 보여 줍니다. 위는 값, 아래는 기울기이고, 모든 샘플이 그 모델을 학습한 손실의 곡선 위에 있습니다. 모델이 확신하며 틀린 곳에서 BCE의 기울기는 1에 가까워지지만 MSE의 기울기는 사라집니다.</translation>
    </message>
    <message>
        <source>K sigmoids are K logistic models: each has the curves of logistic regression, once for every class of a sample. Choose logistic or softmax regression to see them with the samples.</source>
        <translation>시그모이드 K개는 로지스틱 모델 K개입니다. 각각 로지스틱 회귀의 곡선을 샘플의 범주마다 한 번씩 가집니다. 샘플과 함께 보려면 로지스틱 회귀나 소프트맥스 회귀를 고르십시오.</translation>
    </message>
    <message>
        <source>MSE stops at 1</source>
        <translation>MSE는 1에서 멈춥니다</translation>
    </message>
    <message>
        <source>One sample</source>
        <translation>샘플 하나</translation>
    </message>
    <message>
        <source>Point at a dot, here or on the canvas, for its numbers.</source>
        <translation>여기나 캔버스의 점을 가리키면 수치를 보여 줍니다.</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>민감도</translation>
    </message>
    <message>
        <source>Show on the canvas how large each sample&apos;s share of the gradient is, under the loss of the selected model</source>
        <translation>고른 모델의 손실에서 각 샘플이 그래디언트에서 차지하는 몫을 캔버스에 보입니다</translation>
    </message>
    <message>
        <source>Slope by the logit: what gradient descent multiplies by the sample&apos;s inputs</source>
        <translation>로짓에 대한 기울기: 경사 하강법이 샘플의 입력에 곱하는 값</translation>
    </message>
    <message>
        <source>Slope by what the horizontal axis is</source>
        <translation>가로축 변수에 대한 기울기</translation>
    </message>
    <message>
        <source>The unit step has the slope 0 wherever it has one: no loss can react to it. Choose a model with a sigmoid.</source>
        <translation>단위 계단 함수는 기울기가 있는 곳에서 모두 0이라 어떤 손실도 반응할 수 없습니다. 시그모이드가 있는 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>With softmax&apos;s rivals the slope by a logit depends on the size of all of them, not on p alone: there is no one curve. Choose softmax regression.</source>
        <translation>소프트맥스의 대안에서는 로짓에 대한 기울기가 p만이 아니라 모든 로짓의 크기에 따라 달라져 곡선이 하나로 정해지지 않습니다. 소프트맥스 회귀를 고르십시오.</translation>
    </message>
    <message>
        <source>error 1 - p of the true class</source>
        <translation>실제 범주의 오차 1 - p</translation>
    </message>
    <message>
        <source>error e</source>
        <translation>오차 e</translation>
    </message>
    <message>
        <source>error e = |y - p|</source>
        <translation>오차 e = |y - p|</translation>
    </message>
    <message>
        <source>log-odds of the true class against the rest</source>
        <translation>나머지에 대한 실제 범주의 로그 승산</translation>
    </message>
    <message>
        <source>logit z</source>
        <translation>로짓 z</translation>
    </message>
    <message>
        <source>loss of one sample</source>
        <translation>샘플 하나의 손실</translation>
    </message>
    <message>
        <source>model trained on {loss}</source>
        <translation>{loss}로 학습한 모델</translation>
    </message>
    <message>
        <source>p of the true class</source>
        <translation>실제 범주의 p</translation>
    </message>
    <message>
        <source>probability p</source>
        <translation>확률 p</translation>
    </message>
    <message>
        <source>pulls on the canvas</source>
        <translation>캔버스에 당기는 힘</translation>
    </message>
    <message>
        <source>slope by the logit z</source>
        <translation>로짓 z에 대한 기울기</translation>
    </message>
    <message>
        <source>slope by the logit z, in size</source>
        <translation>로짓 z에 대한 기울기의 크기</translation>
    </message>
    <message>
        <source>slope by {symbol}</source>
        <translation>{symbol}에 대한 기울기</translation>
    </message>
    <message>
        <source>{count} at the upper edge: losses up to {value}</source>
        <translation>위쪽 끝에 {count}개: 손실 {value}까지</translation>
    </message>
    <message>
        <source>{loss} has no upper bound</source>
        <translation>{loss}에는 상한이 없습니다</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>All files ({patterns})</source>
        <translation>모든 파일 ({patterns})</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>목록 지우기</translation>
    </message>
    <message>
        <source>Don&apos;t save</source>
        <translation>저장하지 않음</translation>
    </message>
    <message>
        <source>No recent files</source>
        <translation>최근 파일 없음</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>덮어쓰기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>Save changes to “{name}”?</source>
        <translation>“{name}”의 변경 사항을 저장합니까?</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>세션 저장</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>저장했습니다: {name}</translation>
    </message>
    <message>
        <source>Saving would replace what is there now.</source>
        <translation>저장하면 지금 있는 내용을 덮어씁니다.</translation>
    </message>
    <message>
        <source>Sessions ({patterns})</source>
        <translation>세션 ({patterns})</translation>
    </message>
    <message>
        <source>Sessions, samples and weights ({patterns})</source>
        <translation>세션, 샘플, 가중치 ({patterns})</translation>
    </message>
    <message>
        <source>There is a file “{name}” already.</source>
        <translation>“{name}” 파일이 이미 있습니다.</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>제목 없음</translation>
    </message>
    <message>
        <source>“{name}” is no longer there: it leaves the list.</source>
        <translation>“{name}” 파일이 더 이상 없어 목록에서 뺍니다.</translation>
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
    <name>StartMap</name>
    <message>
        <source>A click starts a run on the canvas once this example is the document.</source>
        <translation>이 예제가 문서가 되면, 클릭한 곳에서 캔버스의 학습이 시작됩니다.</translation>
    </message>
    <message>
        <source>At least one step.</source>
        <translation>한 스텝 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>Click: a run starts there. Wheel and drag: other starts.</source>
        <translation>클릭: 그곳에서 시작합니다. 휠과 끌기: 다른 시작점.</translation>
    </message>
    <message>
        <source>Each point is a start of training, its colour the number of steps that gradient descent takes from there until the loss is next to its minimum. Under MSE some starts do not get there in time: on a plateau the gradient is almost 0, in a local minimum it is exactly 0; BCE, convex in the output layer, has neither.</source>
        <translation>점마다 학습의 시작점이고, 색은 그곳에서 손실이 최솟값 가까이 갈 때까지 경사 하강법이 밟는 스텝 수입니다. MSE에서는 제때 닿지 못하는 시작점이 있습니다. 평탄 구간에서는 그래디언트가 거의 0이고 극솟값에서는 정확히 0입니다. 출력층에서 아래로 볼록한 BCE에는 둘 다 없습니다.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>How many steps a run may take at most</source>
        <translation>한 번에 밟을 수 있는 최대 스텝 수</translation>
    </message>
    <message>
        <source>Learning rate of every run of the map, the same for both losses</source>
        <translation>지도 전체에 쓰는 학습률, 두 손실에 똑같습니다</translation>
    </message>
    <message>
        <source>Made on {used} of {all} samples, chosen at random.</source>
        <translation>샘플 {all}개 중 무작위로 고른 {used}개로 만들었습니다.</translation>
    </message>
    <message>
        <source>Open the example</source>
        <translation>예제 열기</translation>
    </message>
    <message>
        <source>Share of the runs that are finished</source>
        <translation>끝난 학습의 비율</translation>
    </message>
    <message>
        <source>Show the automatic square of starts again</source>
        <translation>시작점의 범위를 다시 자동으로</translation>
    </message>
    <message>
        <source>Start map</source>
        <translation>시작점 지도</translation>
    </message>
    <message>
        <source>Steps until p &gt; 0.9 on every sample&apos;s own class: the loss has no minimum here, it tends to 0.</source>
        <translation>모든 샘플의 실제 범주에서 p &gt; 0.9가 될 때까지의 스텝 수. 여기서는 손실에 최솟값이 없고 0에 가까워집니다.</translation>
    </message>
    <message>
        <source>Steps until the loss is within 5 % of its smallest value ({values}).</source>
        <translation>손실이 가장 작은 값({values})의 5 % 안에 들 때까지의 스텝 수.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Stop here; what is there stays</source>
        <translation>여기서 멈춥니다. 그려진 것은 남습니다</translation>
    </message>
    <message>
        <source>The map&apos;s rate is {rate}; your run&apos;s is {own}.</source>
        <translation>지도의 학습률은 {rate}, 지금 학습의 학습률은 {own}입니다.</translation>
    </message>
    <message>
        <source>The map&apos;s runs use gradient descent on all samples; yours is set otherwise.</source>
        <translation>지도는 모든 샘플로 경사 하강법을 씁니다. 지금 학습의 설정은 다릅니다.</translation>
    </message>
    <message>
        <source>The start map is made for the logistic model with two classes. The two examples are always there.</source>
        <translation>시작점 지도는 범주가 둘인 로지스틱 모델에서 만듭니다. 두 예제는 언제나 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The two weights whose starts are mapped</source>
        <translation>시작값을 지도로 그릴 두 가중치</translation>
    </message>
    <message>
        <source>There is no labelled sample to train on.</source>
        <translation>학습할 레이블이 있는 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>Train from every start of the map</source>
        <translation>지도의 모든 시작점에서 학습합니다</translation>
    </message>
    <message>
        <source>What the runs are trained on</source>
        <translation>무엇으로 학습할지</translation>
    </message>
    <message>
        <source>Where the third weight starts, in every run of the map</source>
        <translation>지도 전체에서 셋째 가중치의 시작값</translation>
    </message>
    <message>
        <source>a trap with two local minima</source>
        <translation>극솟값이 둘인 함정</translation>
    </message>
    <message>
        <source>caught in a local minimum, loss {loss}</source>
        <translation>극솟값에 갇힘, 손실 {loss}</translation>
    </message>
    <message>
        <source>not in {steps} steps</source>
        <translation>{steps}스텝 안에 닿지 못함</translation>
    </message>
    <message>
        <source>on a plateau, moved by {way}</source>
        <translation>평탄 구간, {way}만큼 움직임</translation>
    </message>
    <message>
        <source>one sample (1, 1), y = 1</source>
        <translation>샘플 하나 (1, 1), y = 1</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>스텝 수</translation>
    </message>
    <message>
        <source>still on its way</source>
        <translation>아직 가는 중</translation>
    </message>
    <message>
        <source>your samples</source>
        <translation>지금의 샘플</translation>
    </message>
    <message>
        <source>{loss} 1 step</source>
        <translation>{loss} 1스텝</translation>
    </message>
    <message>
        <source>{loss} not in {steps} steps</source>
        <translation>{loss} {steps}스텝 안에 닿지 못함</translation>
    </message>
    <message>
        <source>{loss} {steps} steps</source>
        <translation>{loss} {steps}스텝</translation>
    </message>
    <message>
        <source>{share} arrive</source>
        <translation>{share} 도착</translation>
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
        <source>From zeros the units of a layer stay alike: this start is a saddle point.</source>
        <translation>0에서 시작하면 한 층의 유닛이 모두 똑같이 남습니다. 이 시작점은 안장점입니다.</translation>
    </message>
    <message>
        <source>From zeros the {model} is undefined: every logit is 0. Choose a start by chance.</source>
        <translation>0에서 시작하면 모든 로짓이 0이어서 {model}가 정의되지 않습니다. 무작위 시작을 고르십시오.</translation>
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
        <source>The start has {given} numbers; this model has {needed} weights: it starts by chance.</source>
        <translation>시작 값은 {given}개인데 이 모델의 가중치는 {needed}개이므로, 난수에서 시작합니다.</translation>
    </message>
    <message>
        <source>The start has {given} numbers; this model has {needed} weights: it starts from zeros.</source>
        <translation>시작 값은 {given}개인데 이 모델의 가중치는 {needed}개이므로, 모두 0에서 시작합니다.</translation>
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
        <source>gradient 0</source>
        <translation>그래디언트 0</translation>
    </message>
    <message>
        <source>held out {value}</source>
        <translation>테스트 {value}</translation>
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
        <source>mistakes {now}</source>
        <translation>오답 {now}</translation>
    </message>
    <message>
        <source>mistakes {now} · last epoch {last}</source>
        <translation>오답 {now} · 지난 에폭 {last}</translation>
    </message>
    <message>
        <source>odds {odds}</source>
        <translation>승산 {odds}</translation>
    </message>
    <message>
        <source>sum {value}</source>
        <translation>합 {value}</translation>
    </message>
    <message>
        <source>undefined: every logit is 0</source>
        <translation>정의되지 않음: 모든 로짓이 0</translation>
    </message>
</context>
<context>
    <name>StepWords</name>
    <message>
        <source>A line separates these samples, so the rule will settle; on which of the many such lines depends on the start.</source>
        <translation>선형 분리 가능한 샘플이라 규칙은 언젠가 멈춥니다. 가능한 많은 기준선 중 어디에 멈출지는 시작점에 달려 있습니다.</translation>
    </message>
    <message>
        <source>It has settled. Which of the many separating lines it ended on depends on the start.</source>
        <translation>규칙이 멈췄습니다. 가르는 많은 기준선 중 어디에 멈추는지는 시작점에 달려 있습니다.</translation>
    </message>
    <message>
        <source>Mistakes in epoch {epoch} so far: {count}</source>
        <translation>에폭 {epoch}의 지금까지 오답: {count}</translation>
    </message>
    <message>
        <source>No line separates these samples, so the rule never settles.</source>
        <translation>어떤 직선도 이 샘플들을 가르지 못하므로 규칙은 멈추지 않습니다.</translation>
    </message>
    <message>
        <source>{now}; in the whole epoch before: {count}.</source>
        <translation>{now}; 앞 에폭 전체: {count}.</translation>
    </message>
</context>
<context>
    <name>Surface</name>
    <message>
        <source>Both activations over the same weights</source>
        <translation>같은 가중치 위의 두 활성화 함수</translation>
    </message>
    <message>
        <source>Both weights are 0: p is the same everywhere, and there is no line to cross.</source>
        <translation>두 가중치가 모두 0이라 p가 어디서나 같고, 넘어갈 기준선이 없습니다.</translation>
    </message>
    <message>
        <source>Each sample stands at its label, 0 or 1; its stem is the error |y - p|. Drag to turn, wheel to zoom, double click to reset.</source>
        <translation>샘플은 레이블 0이나 1의 높이에 있고, 막대는 오차 |y - p|입니다. 끌면 돌아가고, 휠로 확대하고, 두 번 클릭하면 처음으로 돌아갑니다.</translation>
    </message>
    <message>
        <source>From the logit z on the left to the probability p on the right</source>
        <translation>왼쪽의 로짓 z에서 오른쪽의 확률 p로</translation>
    </message>
    <message>
        <source>How the sigmoid turns the logit z into the hill of p</source>
        <translation>시그모이드가 로짓 z를 p의 언덕으로 바꾸는 모습</translation>
    </message>
    <message>
        <source>Largest logit</source>
        <translation>가장 큰 로짓</translation>
    </message>
    <message>
        <source>Largest size</source>
        <translation>가장 큰 크기</translation>
    </message>
    <message>
        <source>Logit and hill</source>
        <translation>로짓과 언덕</translation>
    </message>
    <message>
        <source>Multiplies the logit by k: the steeper, the nearer to the step</source>
        <translation>로짓에 k를 곱합니다. 가파를수록 계단에 가까워집니다</translation>
    </message>
    <message>
        <source>Plane and hill</source>
        <translation>평면과 언덕</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>시그모이드</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>소프트맥스</translation>
    </message>
    <message>
        <source>Step and sigmoid</source>
        <translation>계단과 시그모이드</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>3D 곡면</translation>
    </message>
    <message>
        <source>The class whose probability is shown</source>
        <translation>확률을 보여 줄 범주</translation>
    </message>
    <message>
        <source>The line stands upright: no change of body weight crosses it.</source>
        <translation>기준선이 세로로 서 있어, 몸무게를 바꿔서는 넘을 수 없습니다.</translation>
    </message>
    <message>
        <source>The line z = 0 lies outside this picture.</source>
        <translation>z = 0인 기준선이 이 그림 밖에 있습니다.</translation>
    </message>
    <message>
        <source>The probability of one class over height and weight under a rival of softmax: it is 0 along the line where the class&apos;s logit is 0 and rises on both sides of it. Larger logits of all classes change nothing, so that steepness has no effect.</source>
        <translation>소프트맥스의 대안에서 키와 몸무게에 대한 한 범주의 확률입니다. 그 범주의 로짓이 0인 직선을 따라 0이고 양쪽으로 올라갑니다. 모든 범주의 로짓이 함께 커져도 달라지지 않으므로 가파름은 영향이 없습니다.</translation>
    </message>
    <message>
        <source>The probability of one class over height and weight: softmax makes a smooth hill of the logits, and the steeper it gets the more it becomes the cliff around the largest logit. The samples of that class stand at 1, all others at 0.</source>
        <translation>키와 몸무게에 따른 한 범주의 확률입니다. 소프트맥스는 로짓을 매끄러운 언덕으로 만들고, 가파를수록 가장 큰 로짓을 둘러싼 절벽에 가까워집니다. 그 범주의 샘플은 1에, 나머지는 0에 있습니다.</translation>
    </message>
    <message>
        <source>Unit step function</source>
        <translation>단위 계단 함수</translation>
    </message>
    <message>
        <source>With the same weights the step activation at the output is a cliff, whose slope is 0 everywhere else, and the sigmoid a smooth hill with the same decision boundary. Hidden layers bend the logit z, which is no plane any more, and with it the boundary.</source>
        <translation>같은 가중치에서 출력의 계단 함수는 나머지 기울기가 모두 0인 절벽이고, 시그모이드는 같은 분류 기준선을 가진 매끄러운 언덕입니다. 은닉층은 로짓 z를 휘어 더는 평면이 아니게 하고, 기준선도 함께 휩니다.</translation>
    </message>
    <message>
        <source>With the same weights the step activation is a cliff, whose slope is 0 everywhere else, and the sigmoid a smooth hill with the same straight decision boundary, steepest (1/4) at z = 0. The logit z is a flat plane over height and weight, and the sigmoid bends it into that hill.</source>
        <translation>같은 가중치에서 계단 함수는 나머지 기울기가 모두 0인 절벽이고, 시그모이드는 같은 직선 기준선을 가진 매끄러운 언덕으로 z = 0에서 가장 가파릅니다(1/4). 로짓 z는 키와 몸무게 위의 평면이고, 시그모이드가 이를 그 언덕으로 휩니다.</translation>
    </message>
    <message>
        <source>class</source>
        <translation>범주</translation>
    </message>
    <message>
        <source>from the logit to the hill</source>
        <translation>로짓에서 언덕으로</translation>
    </message>
    <message>
        <source>height (cm)</source>
        <translation>키 (cm)</translation>
    </message>
    <message>
        <source>logit z</source>
        <translation>로짓 z</translation>
    </message>
    <message>
        <source>p is 1 over 1 plus e to the minus k z</source>
        <translation>p는 1 나누기 1 더하기 e의 마이너스 kz 제곱</translation>
    </message>
    <message>
        <source>p is 1 where this class has the largest logit, and 0 elsewhere</source>
        <translation>이 범주의 로짓이 가장 크면 p는 1, 아니면 0</translation>
    </message>
    <message>
        <source>p is 1 where this class&apos;s logit has the largest size, and 0 elsewhere</source>
        <translation>이 범주의 로짓의 크기가 가장 큰 곳에서 p는 1이고 다른 곳에서는 0입니다</translation>
    </message>
    <message>
        <source>p is 1 where z is at least 0, and 0 elsewhere</source>
        <translation>z가 0 이상이면 p는 1, 아니면 0</translation>
    </message>
    <message>
        <source>p is e to the k z of this class over the sum of all of them</source>
        <translation>p는 이 범주의 e의 kz 제곱 나누기 전체의 합</translation>
    </message>
    <message>
        <source>p is the size of this class&apos;s logit over the sum of all sizes</source>
        <translation>p는 이 범주의 로짓의 크기를 모든 크기의 합으로 나눈 값입니다</translation>
    </message>
    <message>
        <source>p is the square of this class&apos;s logit over the sum of all squares</source>
        <translation>p는 이 범주의 로짓의 제곱을 모든 제곱의 합으로 나눈 값입니다</translation>
    </message>
    <message>
        <source>probability p</source>
        <translation>확률 p</translation>
    </message>
    <message>
        <source>slope {slope}</source>
        <translation>기울기 {slope}</translation>
    </message>
    <message>
        <source>steepness</source>
        <translation>가파름</translation>
    </message>
    <message>
        <source>weight (kg)</source>
        <translation>몸무게 (kg)</translation>
    </message>
    <message>
        <source>z is the weighted sum of the last hidden layer plus b</source>
        <translation>z는 마지막 은닉층의 가중합 더하기 b</translation>
    </message>
    <message>
        <source>z is w1 times height plus w2 times weight plus b</source>
        <translation>z는 w1 곱하기 키 더하기 w2 곱하기 몸무게 더하기 b</translation>
    </message>
    <message>
        <source>{moved} kg more across the line, at {height} cm from {before} to {after} kg: step {step_before} → {step_after}, sigmoid {before_share} → {after_share}.</source>
        <translation>키 {height} cm에서 몸무게가 {before} kg에서 {after} kg로 {moved} kg 늘어 기준선을 넘으면: 계단 {step_before} → {step_after}, 시그모이드 {before_share} → {after_share}.</translation>
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
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>One step back ({key})</source>
        <translation>한 스텝 뒤로 ({key})</translation>
    </message>
    <message>
        <source>One step forward ({key})</source>
        <translation>한 스텝 앞으로 ({key})</translation>
    </message>
    <message>
        <source>Pause training ({key})</source>
        <translation>학습 일시정지 ({key})</translation>
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
        <source>The left end is step {step}, where this run was saved: the models before it are not in the file. Drag to go back to any later step; training goes on from there</source>
        <translation>왼쪽 끝은 이 학습을 저장한 스텝 {step}입니다. 그 이전의 모델은 파일에 없습니다. 끌어서 이후의 어느 스텝으로든 돌아갑니다. 학습은 그곳에서 이어집니다</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Train on from this step: the later ones are replaced ({key})</source>
        <translation>이 스텝에서 이어 학습합니다. 뒤의 스텝은 새로 바뀝니다 ({key})</translation>
    </message>
    <message>
        <source>Train with gradient descent ({key})</source>
        <translation>경사 하강법으로 학습합니다 ({key})</translation>
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
        <source>Change the activation function</source>
        <translation>활성화 함수 변경</translation>
    </message>
    <message>
        <source>Change the batch size</source>
        <translation>배치 크기 변경</translation>
    </message>
    <message>
        <source>Change the bias</source>
        <translation>편향 변경</translation>
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
        <source>Change the held-out share</source>
        <translation>테스트용 비율 바꾸기</translation>
    </message>
    <message>
        <source>Change the hidden layers</source>
        <translation>은닉층 변경</translation>
    </message>
    <message>
        <source>Change the label smoothing</source>
        <translation>레이블 스무딩 바꾸기</translation>
    </message>
    <message>
        <source>Change the labels of a sample</source>
        <translation>샘플의 레이블 바꾸기</translation>
    </message>
    <message>
        <source>Change the labels of {count} samples</source>
        <translation>샘플 {count}개의 레이블 바꾸기</translation>
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
        <source>Change the standardisation</source>
        <translation>표준화 변경</translation>
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
        <source>Hold a sample out of training</source>
        <translation>샘플을 테스트용으로 남겨 두기</translation>
    </message>
    <message>
        <source>Hold {count} samples out of training</source>
        <translation>샘플 {count}개를 테스트용으로 남겨 두기</translation>
    </message>
    <message>
        <source>Label by BMI</source>
        <translation>BMI로 레이블 매기기</translation>
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
        <source>New train/test split</source>
        <translation>새 학습/테스트 분할</translation>
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
        <source>Paste a scene</source>
        <translation>장면 붙여넣기</translation>
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
    <message>
        <source>Use a sample for training</source>
        <translation>샘플을 학습에 사용</translation>
    </message>
    <message>
        <source>Use {count} samples for training</source>
        <translation>샘플 {count}개를 학습에 사용</translation>
    </message>
</context>
<context>
    <name>UnitMaps</name>
    <message>
        <source>Fold the maps of the hidden units</source>
        <translation>은닉 유닛의 지도 접기</translation>
    </message>
    <message>
        <source>Hidden layer {layer}, unit {unit}: orange where its answer is high, blue where low</source>
        <translation>은닉층 {layer}, 유닛 {unit}: 출력이 높으면 주황, 낮으면 파랑</translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation>은닉 유닛</translation>
    </message>
    <message>
        <source>Show the maps of the hidden units</source>
        <translation>은닉 유닛의 지도 보이기</translation>
    </message>
    <message>
        <source>what each answers over the canvas</source>
        <translation>캔버스 위에서 저마다의 출력</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>A straight line separates these samples: both losses tend to 0 while the weights grow for ever, so the losses now only tell how long training went on.</source>
        <translation>직선이 이 샘플들을 가릅니다. 두 손실 모두 0에 가까워지고 가중치는 끝없이 커지므로, 지금의 손실은 얼마나 오래 학습했는지만 말해 줍니다.</translation>
    </message>
    <message>
        <source>A straight line splits off part of these samples: part of the weights grow for ever while the accuracy stays.</source>
        <translation>직선이 샘플 일부를 갈라냅니다. 정확도는 그대로인데 가중치 일부가 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>A sweep over learning rates for each loss, from this run&apos;s start</source>
        <translation>이 학습의 시작점에서 손실마다 학습률을 훑습니다</translation>
    </message>
    <message>
        <source>Accuracy at the step that is shown, on the samples trained on.</source>
        <translation>보이는 스텝에서, 학습에 쓴 샘플에 대한 정확도.</translation>
    </message>
    <message>
        <source>Best rates</source>
        <translation>최선의 학습률</translation>
    </message>
    <message>
        <source>Both are {accuracy} right from the start, which decides nothing: choose a start that is wrong.</source>
        <translation>둘 다 처음부터 {accuracy} 맞아 아무것도 가리지 못합니다. 틀린 시작점을 고르십시오.</translation>
    </message>
    <message>
        <source>Both models measured with the same ruler: heights of different losses can&apos;t be compared.</source>
        <translation>두 모델을 같은 자로 쟀습니다. 다른 손실의 높이는 비교할 수 없습니다.</translation>
    </message>
    <message>
        <source>Each loss at its best rate from 0.001 to 1,000, where it arrives soonest and stays, from this run&apos;s start: what is left of the difference is not the length of the steps.</source>
        <translation>이 학습의 시작점에서, 0.001부터 1,000까지 중 가장 빨리 닿아 머무는 학습률을 손실마다 씁니다. 그래도 남는 차이는 걸음 크기 때문이 아닙니다.</translation>
    </message>
    <message>
        <source>From this start</source>
        <translation>이 시작점에서</translation>
    </message>
    <message>
        <source>Here MSE is ahead: which loss to use is a choice, and what it changes depends on samples, start and rate.</source>
        <translation>여기서는 MSE가 앞섭니다. 어떤 손실을 쓸지는 선택이며, 무엇이 달라지는지는 샘플과 시작점과 학습률에 달려 있습니다.</translation>
    </message>
    <message>
        <source>Hidden layers: curve downwards</source>
        <translation>은닉층: 위로 볼록</translation>
    </message>
    <message>
        <source>Largest gradient |dL/dz| of a sample that is answered wrongly at the start of this run. BCE&apos;s tends to 1; MSE&apos;s is never above 8/27 = 0.296.</source>
        <translation>이 학습의 시작점에서 틀린 샘플의 가장 큰 그래디언트 |dL/dz|. BCE는 1에 가까워지고, MSE는 8/27 = 0.296을 넘지 못합니다.</translation>
    </message>
    <message>
        <source>MSE at a multiple of BCE&apos;s rate: near the answer (p around 1/2) a doubled rate makes MSE equal; when the start is confidently wrong no fixed rate does.</source>
        <translation>MSE의 학습률을 BCE의 몇 배로 둡니다. 답 가까이(p가 1/2 언저리)에서는 두 배면 MSE도 같아지지만, 확신하며 틀린 시작점에서는 어떤 고정 학습률로도 그렇지 않습니다.</translation>
    </message>
    <message>
        <source>MSE&apos;s learning rate is this many times BCE&apos;s</source>
        <translation>MSE의 학습률을 BCE의 몇 배로 할지</translation>
    </message>
    <message>
        <source>MSE&apos;s rate × k</source>
        <translation>MSE 학습률 × k</translation>
    </message>
    <message>
        <source>MSE&apos;s rate × {factor}</source>
        <translation>MSE 학습률 × {factor}</translation>
    </message>
    <message>
        <source>Measured on {used} of {all} samples, chosen at random.</source>
        <translation>샘플 {all}개 중 무작위로 고른 {used}개로 쟀습니다.</translation>
    </message>
    <message>
        <source>Neither is {accuracy} right in {limit} steps: no verdict yet.</source>
        <translation>둘 다 {limit}스텝 안에 {accuracy}까지 맞히지 못했습니다. 아직 결론이 없습니다.</translation>
    </message>
    <message>
        <source>No straight line does much better here than one answer for everybody: steps to an accuracy say little.</source>
        <translation>여기서는 어떤 직선도 모두에게 같은 답을 하는 것보다 별로 낫지 않습니다. 정확도까지의 스텝 수는 말해 주는 것이 적습니다.</translation>
    </message>
    <message>
        <source>Now, measured by {loss}</source>
        <translation>지금, {loss}로 재면</translation>
    </message>
    <message>
        <source>Now, right answers</source>
        <translation>지금, 정답률</translation>
    </message>
    <message>
        <source>Of the Hessian by all weights where this run started. Below 0 the loss curves downwards there: it is not convex.</source>
        <translation>이 학습이 시작한 곳에서 모든 가중치에 대한 헤세 행렬의 값. 0보다 작으면 그곳에서 위로 볼록하므로 비볼록(non-convex)입니다.</translation>
    </message>
    <message>
        <source>On these samples the two are close: {first} steps with {loss}, {second} with MSE. Which loss to use is a choice, and it tells where the start is confidently wrong.</source>
        <translation>이 샘플에서는 둘이 비슷합니다: {loss} {first}스텝, MSE {second}스텝. 어떤 손실을 쓸지는 선택이며, 확신하며 틀린 시작점에서 차이가 드러납니다.</translation>
    </message>
    <message>
        <source>Output layer: curves downwards</source>
        <translation>출력층: 위로 볼록</translation>
    </message>
    <message>
        <source>Runs of their own from this run&apos;s start, MSE&apos;s rate k times BCE&apos;s</source>
        <translation>이 학습의 시작점에서 따로 학습합니다. MSE의 학습률은 BCE의 k배입니다</translation>
    </message>
    <message>
        <source>Same rate</source>
        <translation>같은 학습률</translation>
    </message>
    <message>
        <source>Same rate for both: by the logit BCE&apos;s gradient is at least twice MSE&apos;s, so BCE simply steps further.</source>
        <translation>둘에 같은 학습률: 로짓에 대한 BCE의 그래디언트가 MSE의 두 배 이상이라, BCE는 그만큼 더 멀리 갑니다.</translation>
    </message>
    <message>
        <source>Sensitivity, largest when wrong</source>
        <translation>민감도, 틀렸을 때 가장 큰 값</translation>
    </message>
    <message>
        <source>Sensitivity, most wrong answer</source>
        <translation>민감도, 가장 크게 틀린 답</translation>
    </message>
    <message>
        <source>Sensitivity, most wrong answer (p&#xa0;{p})</source>
        <translation>민감도, 가장 크게 틀린 답 (p&#xa0;{p})</translation>
    </message>
    <message>
        <source>Share of random slices through the hidden weights around the start where the loss curves downwards: mean over layers and 5 seeds, with the range. A model without hidden layers has none.</source>
        <translation>시작점 둘레에서 은닉 가중치를 지나는 무작위 단면 중 손실이 위로 볼록한 비율: 층과 시드 5개의 평균과 범위. 은닉층이 없는 모델에는 없습니다.</translation>
    </message>
    <message>
        <source>Share of random slices through the output layer&apos;s weights around the start where the loss curves downwards: mean over 5 seeds, with the range.</source>
        <translation>시작점 둘레에서 출력층 가중치를 지나는 무작위 단면 중 손실이 위로 볼록한 비율: 시드 5개의 평균과 범위.</translation>
    </message>
    <message>
        <source>Share of the box where the loss curves downwards (a negative eigenvalue of the slice&apos;s Hessian): both weights from -{half} to {half}, the bias as at the start.</source>
        <translation>범위 안에서 손실이 위로 볼록한(단면의 헤세 행렬에 음의 고윳값이 있는) 비율: 두 가중치는 -{half}에서 {half}까지, 편향은 시작점 그대로.</translation>
    </message>
    <message>
        <source>Share of the runs that are finished</source>
        <translation>끝난 학습의 비율</translation>
    </message>
    <message>
        <source>Smallest eigenvalue at the start</source>
        <translation>시작점의 가장 작은 고윳값</translation>
    </message>
    <message>
        <source>Steps at each learning rate; a gap where the accuracy was not reached</source>
        <translation>학습률마다의 스텝 수. 정확도에 닿지 못한 곳은 비어 있습니다</translation>
    </message>
    <message>
        <source>Steps to a common accuracy</source>
        <translation>같은 정확도까지의 스텝 수</translation>
    </message>
    <message>
        <source>Steps to {accuracy} right</source>
        <translation>{accuracy} 맞힐 때까지의 스텝 수</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>The accuracy whose steps are counted. By itself a little less than the best weights of both losses have; type 0 for that again</source>
        <translation>스텝을 셀 정확도. 기본은 두 손실의 최선 가중치보다 조금 낮은 값이며, 0을 입력하면 기본으로 돌아갑니다</translation>
    </message>
    <message>
        <source>The first recorded step at which the model answers this share of the samples rightly (≤: the step before it was not recorded); the same accuracy for both losses.</source>
        <translation>모델이 샘플의 이 비율을 맞히는 첫 기록 스텝(≤: 바로 앞 스텝은 기록되지 않음). 두 손실에 같은 정확도를 씁니다.</translation>
    </message>
    <message>
        <source>The gradient |dL/dz| of the sample that the start is most confidently wrong about: BCE&apos;s is largest there, MSE&apos;s vanishes.</source>
        <translation>시작점이 가장 확신하며 틀린 샘플의 그래디언트 |dL/dz|: BCE는 그곳에서 가장 크고 MSE는 사라집니다.</translation>
    </message>
    <message>
        <source>The run at hand: one learning rate for both losses</source>
        <translation>지금의 학습: 두 손실에 같은 학습률</translation>
    </message>
    <message>
        <source>The step model has a gradient of 0 for either loss: there is nothing to compare. Choose a model with a smooth activation.</source>
        <translation>계단 모델은 어느 손실이든 그래디언트가 0이라 비교할 것이 없습니다. 매끄러운 활성화 함수를 쓰는 모델을 고르십시오.</translation>
    </message>
    <message>
        <source>The verdict on BCE and MSE from your own run: sensitivity, curvature of the output and the hidden layers, and the steps to a common accuracy. At one learning rate BCE simply steps further, so the comparison can also give MSE a multiple of the rate, or each loss its best one.</source>
        <translation>여러분의 학습에서 나온 BCE와 MSE의 결론입니다: 민감도, 출력층과 은닉층의 곡률, 같은 정확도까지의 스텝 수. 학습률이 같으면 BCE가 더 멀리 가므로, MSE의 학습률을 몇 배로 하거나 손실마다 최선의 학습률로 비교할 수도 있습니다.</translation>
    </message>
    <message>
        <source>There is no labelled sample to judge by.</source>
        <translation>판단할 레이블이 있는 샘플이 없습니다.</translation>
    </message>
    <message>
        <source>These runs use gradient descent on all samples; the run on the canvas is set otherwise.</source>
        <translation>이 학습들은 모든 샘플로 경사 하강법을 씁니다. 캔버스의 학습은 설정이 다릅니다.</translation>
    </message>
    <message>
        <source>This run diverged: no verdict. A smaller learning rate comes first.</source>
        <translation>이 학습은 발산해 결론이 없습니다. 먼저 학습률을 줄이십시오.</translation>
    </message>
    <message>
        <source>This run trains one loss only: compare both, or choose one of the other comparisons.</source>
        <translation>손실 하나만 학습하고 있습니다. 둘을 비교하거나 다른 비교 방법을 고르십시오.</translation>
    </message>
    <message>
        <source>Train, and the verdict is drawn from your own run.</source>
        <translation>학습하면, 그 결과로 결론을 내립니다.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Type a percentage from 0 to 100.</source>
        <translation>0부터 100까지의 백분율을 입력하십시오.</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>결론</translation>
    </message>
    <message>
        <source>Which loss to use is a choice, but it decides how hard training is, and for classification {loss} is the natural one.</source>
        <translation>어떤 손실을 쓸지는 선택이지만 학습이 얼마나 어려울지를 정하며, 분류에는 {loss}가 자연스럽습니다.</translation>
    </message>
    <message>
        <source>best rates</source>
        <translation>최선의 학습률</translation>
    </message>
    <message>
        <source>best rates {first} and {second}</source>
        <translation>최선의 학습률 {first}, {second}</translation>
    </message>
    <message>
        <source>d BCE by d z over d MSE by d z is 1 over 2 p times 1 minus p, which is at least 2</source>
        <translation>BCE의 z 도함수 나누기 MSE의 z 도함수는 1 나누기 2p 곱하기 1 빼기 p이고, 2 이상입니다</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>not in {steps}</source>
        <translation>{steps} 안에 닿지 못함</translation>
    </message>
    <message>
        <source>not trained</source>
        <translation>학습 안 함</translation>
    </message>
    <message>
        <source>right answers</source>
        <translation>정답률</translation>
    </message>
    <message>
        <source>same rate</source>
        <translation>같은 학습률</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>스텝 수</translation>
    </message>
    <message>
        <source>{fast} is {accuracy} right by step {few}, {slow} by step {many}.</source>
        <translation>{accuracy} 맞히기까지 {fast} 모델은 {few}스텝, {slow} 모델은 {many}스텝 걸립니다.</translation>
    </message>
    <message>
        <source>{fast} is {accuracy} right by step {few}, {slow} not in {limit} steps.</source>
        <translation>{accuracy} 맞히기까지 {fast} 모델은 {few}스텝 걸리고, {slow} 모델은 {limit}스텝 안에 닿지 못합니다.</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message>
        <source>No room for all columns: F6 shows the settings, F7 curves and lab.</source>
        <translation>모든 열을 보일 자리가 없습니다. F6은 설정, F7은 곡선과 실험을 보입니다.</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>Copy all weights and formulas</source>
        <translation>가중치와 식을 모두 복사</translation>
    </message>
    <message>
        <source>Inputs, units of each hidden layer, outputs; weights and biases</source>
        <translation>입력, 은닉층마다의 유닛, 출력; 가중치와 편향</translation>
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
        <source>Weights of hidden layer {number}</source>
        <translation>은닉층 {number}의 가중치</translation>
    </message>
    <message>
        <source>Weights of the output layer</source>
        <translation>출력층의 가중치</translation>
    </message>
    <message>
        <source>Weights of the standardised height and weight, and the bias</source>
        <translation>표준화한 키와 몸무게의 가중치와 편향</translation>
    </message>
    <message>
        <source>With two classes softmax is the sigmoid of the difference of its logits: as a function it is the logistic model. Trained with a row for each class it follows that at twice the learning rate, and its MSE is twice the binary one</source>
        <translation>범주가 둘이면 소프트맥스는 로짓 차이의 시그모이드입니다. 함수로는 로지스틱 모델과 같습니다. 범주마다 한 행씩 두고 학습하면 로지스틱 모델을 두 배의 학습률로 따라가고, MSE는 이진 모델의 두 배입니다</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>키</translation>
    </message>
    <message>
        <source>height</source>
        <translation>키</translation>
    </message>
    <message>
        <source>hidden layer {number}, {activation}</source>
        <translation>은닉층 {number}, {activation}</translation>
    </message>
    <message>
        <source>kg</source>
        <translation>몸무게</translation>
    </message>
    <message>
        <source>line: {formula}</source>
        <translation>기준선: {formula}</translation>
    </message>
    <message>
        <source>out</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>output layer, sigmoid</source>
        <translation>출력층, 시그모이드</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>몸무게</translation>
    </message>
    <message>
        <source>{shape}, {count} parameters</source>
        <translation>{shape}, 파라미터 {count}개</translation>
    </message>
</context>
</TS>
