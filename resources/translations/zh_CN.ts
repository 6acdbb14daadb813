<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name></name>
    <message>
        <source> (read only)</source>
        <translation>（只读）</translation>
    </message>
    <message>
        <source> It holds biometric data: hand it only to whom the consent covers.</source>
        <translation>其中含有生物特征数据：只能交给同意书所涵盖的人。</translation>
    </message>
    <message>
        <source> The project file was changed since then: recovering puts the unsaved state in its place.</source>
        <translation>项目文件在那之后已被修改：恢复会用未保存的状态取代它。</translation>
    </message>
    <message>
        <source> and </source>
        <translation>、</translation>
    </message>
    <message>
        <source> and {more} more</source>
        <translation>，另有 {more} 个</translation>
    </message>
    <message>
        <source> {reopened} of the keyframes are open again: their picture is another one.</source>
        <translation>其中 {reopened} 个关键帧的画面不同了，已重新设为待审。</translation>
    </message>
    <message>
        <source>(good up to {limit:g}{unit})</source>
        <translation>（不超过 {limit:g}{unit} 为合格）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>；</translation>
    </message>
    <message>
        <source>, before the last change</source>
        <translation>，取自上次更改之前</translation>
    </message>
    <message>
        <source>, {time} left</source>
        <translation>，剩余 {time}</translation>
    </message>
    <message>
        <source>0 keeps the performer&apos;s own expression, 1 wears the other&apos;s.</source>
        <translation>0 保留演员自己的表情，1 换成对方的表情。</translation>
    </message>
    <message>
        <source>1 thing lies on frames that {name} doesn&apos;t have. Ctrl+Z brings the old plate back.</source>
        <translation>有 1 项位于{name}中不存在的帧上。按 Ctrl+Z 可恢复旧原片。</translation>
    </message>
    <message>
        <source>150 pixels or more, and under 20 degrees, look good.</source>
        <translation>宽度不小于 150 像素、偏转小于 20 度时效果好。</translation>
    </message>
    <message>
        <source>; commercial use is in doubt</source>
        <translation>；能否商用存疑</translation>
    </message>
    <message>
        <source>&lt;b&gt;Shot {number}&lt;/b&gt; of {count} &amp;nbsp; frames {first} to {last}</source>
        <translation>&lt;b&gt;镜头 {number}&lt;/b&gt;/{count} &amp;nbsp; 第 {first} 至 {last} 帧</translation>
    </message>
    <message>
        <source>&lt;b&gt;{kind}&lt;/b&gt; &amp;nbsp; frame {frame} &amp;nbsp; {timecode}</source>
        <translation>&lt;b&gt;{kind}&lt;/b&gt; &amp;nbsp; 第 {frame} 帧 &amp;nbsp; {timecode}</translation>
    </message>
    <message>
        <source>&lt;b&gt;{name}&lt;/b&gt; &amp;nbsp; frame {frame} &amp;nbsp; {timecode}{note}</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; &amp;nbsp; 第 {frame} 帧 &amp;nbsp; {timecode}{note}</translation>
    </message>
    <message>
        <source>&lt;b&gt;{name}&lt;/b&gt;&lt;br&gt;{description}&lt;br&gt;{lowest:g} to {highest:g}{unit}, default {default:g}. Drag; Shift-drag is finer; click to type; Ctrl-click for the default.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt;&lt;br&gt;{description}&lt;br&gt;{lowest:g} 至 {highest:g}{unit}，默认 {default:g}。拖动调节；按住 Shift 拖动可微调；点按后可输入；按住 Ctrl 点按恢复默认值。</translation>
    </message>
    <message>
        <source>&lt;b&gt;{title}&lt;/b&gt;&lt;br&gt;{purpose}&lt;br&gt;&lt;br&gt;Limits: {limits}&lt;br&gt;&lt;br&gt;Licence {licence}{doubt}. From {source}. File {file}.</source>
        <translation>&lt;b&gt;{title}&lt;/b&gt;&lt;br&gt;{purpose}&lt;br&gt;&lt;br&gt;局限：{limits}&lt;br&gt;&lt;br&gt;许可 {licence}{doubt}。来自 {source}。文件 {file}。</translation>
    </message>
    <message>
        <source>A change fades out to the neighbouring keyframes.</source>
        <translation>更改向相邻的关键帧逐渐淡出。</translation>
    </message>
    <message>
        <source>A change is the value of every frame from in to out, and touches no other.</source>
        <translation>更改即为入点到出点每一帧的数值，不影响其他帧。</translation>
    </message>
    <message>
        <source>A change of one side changes the other too, and one bar stands for both.</source>
        <translation>更改一侧时另一侧随之更改，两侧合为一条。</translation>
    </message>
    <message>
        <source>A change raises or lowers the value everywhere by as much, across all cuts.</source>
        <translation>更改使所有位置的数值同样升高或降低，跨越所有剪切点。</translation>
    </message>
    <message>
        <source>A change raises or lowers the value everywhere by as much.</source>
        <translation>更改使所有位置的数值同样升高或降低。</translation>
    </message>
    <message>
        <source>A change raises or lowers the value in this shot by as much, and stops at its cuts.</source>
        <translation>更改使本镜头中的数值同样升高或降低，止于剪切点。</translation>
    </message>
    <message>
        <source>A film to compare with</source>
        <translation>用来比较的影片</translation>
    </message>
    <message>
        <source>A film, a still, or frames as shot.####.exr</source>
        <translation>影片、静帧，或 shot.####.exr 形式的序列帧</translation>
    </message>
    <message>
        <source>A folder, or a zip where the name ends in .zip</source>
        <translation>文件夹；名称以 .zip 结尾时为 zip 文件</translation>
    </message>
    <message>
        <source>A look such as a smile or a wink, added to the performance at a strength of its own.</source>
        <translation>微笑、眨眼之类的表情，以各自的强度叠加到表演上。</translation>
    </message>
    <message>
        <source>A proxy is seen, which can&apos;t be grabbed; the picture itself comes once the playhead rests.</source>
        <translation>当前显示的是代理画面，不能抓取；播放头停下后原画面就会出现。</translation>
    </message>
    <message>
        <source>A record names who agreed and states to what: one of the two is still empty.</source>
        <translation>记录要写明谁同意以及同意什么：两项中还有一项为空。</translation>
    </message>
    <message>
        <source>A signed agreement or other record. Its content&apos;s hash is kept, not the file.</source>
        <translation>签署的协议或其他记录。只保存其内容的哈希值，不保存文件。</translation>
    </message>
    <message>
        <source>A workspace needs a name.</source>
        <translation>工作区需要一个名称。</translation>
    </message>
    <message>
        <source>AU error</source>
        <translation>AU 误差</translation>
    </message>
    <message>
        <source>AU error too high</source>
        <translation>AU 误差过大</translation>
    </message>
    <message>
        <source>AU error {value:.3f}</source>
        <translation>AU 误差 {value:.3f}</translation>
    </message>
    <message>
        <source>Accept the proposal: {frames}</source>
        <translation>采纳建议：{frames}</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Actions found</source>
        <translation>找到的操作</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add files of networks</source>
        <translation>添加神经网络的文件</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add photos…</source>
        <translation>添加照片…</translation>
    </message>
    <message>
        <source>Add {what}</source>
        <translation>添加 {what}</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Agreement…</source>
        <translation>协议…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All plates, photos and clips of this project are where it says.</source>
        <translation>本项目的原片、照片和片段都在记录的位置。</translation>
    </message>
    <message>
        <source>All {count} files are those that their cards describe.</source>
        <translation>全部 {count} 个文件都与其说明卡一致。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Analysing {name}</source>
        <translation>正在分析 {name}</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已通过</translation>
    </message>
    <message>
        <source>Approved shots ({approved} of {shots})</source>
        <translation>已通过的镜头（{approved}/{shots}）</translation>
    </message>
    <message>
        <source>Approved: shot {number}</source>
        <translation>通过：镜头 {number}</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>检测结果</translation>
    </message>
    <message>
        <source>As in the plate</source>
        <translation>保持原片的样子</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>刚打开时</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Balance {face}</source>
        <translation>平衡 {face}</translation>
    </message>
    <message>
        <source>Begin it anew; what is finished is kept</source>
        <translation>重新开始；已完成的部分保留</translation>
    </message>
    <message>
        <source>Begin later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Begin sooner</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Begin this export after the one below (Alt+Down)</source>
        <translation>让此导出晚于下面的一项开始（Alt+↓）</translation>
    </message>
    <message>
        <source>Begin this export before the one above (Alt+Up)</source>
        <translation>让此导出先于上面的一项开始（Alt+↑）</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Both are biometric data: pack them only for whom the consent covers.</source>
        <translation>两者都是生物特征数据：只有同意书涵盖接收者时才可打包。</translation>
    </message>
    <message>
        <source>Check the files again</source>
        <translation>重新检查文件</translation>
    </message>
    <message>
        <source>Choose the file to write</source>
        <translation>选择要写入的文件</translation>
    </message>
    <message>
        <source>Choose where to</source>
        <translation>选择保存位置</translation>
    </message>
    <message>
        <source>Choose: {title}</source>
        <translation>选择：{title}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Clear ended jobs</source>
        <translation>清除已结束的任务</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>关闭此通知</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>不保存直接关闭</translation>
    </message>
    <message>
        <source>Closing stops what is under way: {exports}. Exporting to the same file again goes on from the frames that are finished.</source>
        <translation>关闭会停止正在进行的任务：{exports}。再次导出到同一文件时，将从已完成的帧继续。</translation>
    </message>
    <message>
        <source>Commercial use is in doubt.</source>
        <translation>能否商用存疑。</translation>
    </message>
    <message>
        <source>Compare every file with the checksum on its card.</source>
        <translation>把每个文件与其说明卡上的校验和比较。</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意书</translation>
    </message>
    <message>
        <source>Consent of the person whose face goes in</source>
        <translation>换入人脸本人的同意</translation>
    </message>
    <message>
        <source>Corrections of {frame} at {to}</source>
        <translation>第 {frame} 帧的修正用于第 {to} 帧</translation>
    </message>
    <message>
        <source>Corrections taken back</source>
        <translation>撤销修正</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>创建项目</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Curve of {parameter}</source>
        <translation>“{parameter}”的曲线</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Cuts are found when the plate is analysed.</source>
        <translation>分析原片时会查找剪辑点。</translation>
    </message>
    <message>
        <source>DaVinci Resolve (*.edl);;Premiere Pro (*.xml);;Table (*.csv);;Lists of markers (*.edl *.xml *.csv)</source>
        <translation>DaVinci Resolve (*.edl);;Premiere Pro (*.xml);;表格 (*.csv);;标记列表 (*.edl *.xml *.csv)</translation>
    </message>
    <message>
        <source>Dialogue</source>
        <translation>对白</translation>
    </message>
    <message>
        <source>Dialogue looks at the mouth, the eyes and who looks where; Emotion at the peaks of the face; Action at the head; Everything takes all of it.</source>
        <translation>“对白”关注嘴部、眼睛和视线方向；“情感”关注面部表情的峰值；“动作”关注头部；“全部”则一并采用。</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Drop a film or a still here, and a photo of the face that goes in.</source>
        <translation>把影片或静帧，以及要换入的人脸照片，拖放到这里。</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>情感</translation>
    </message>
    <message>
        <source>Every keyframe of this face is approved.</source>
        <translation>此人脸的关键帧已全部通过。</translation>
    </message>
    <message>
        <source>Every shot that has keyframes is approved.</source>
        <translation>所有有关键帧的镜头都已通过。</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export markers</source>
        <translation>导出标记</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Export {name}</source>
        <translation>导出 {name}</translation>
    </message>
    <message>
        <source>Exported {output}: {words}.</source>
        <translation>已导出 {output}：{words}。</translation>
    </message>
    <message>
        <source>Expression {preset}</source>
        <translation>表情“{preset}”</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Face {face} from the left: {words}</source>
        <translation>从左数第 {face} 张脸：{words}</translation>
    </message>
    <message>
        <source>Face {face} of the photo</source>
        <translation>照片中的第 {face} 张脸</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>要写入的文件</translation>
    </message>
    <message>
        <source>Files of networks are missing or changed. Work that needs them stops until they are restored:
{networks}</source>
        <translation>有神经网络的文件缺失或已改动。需要它们的工作会停下，直到文件恢复：
{networks}</translation>
    </message>
    <message>
        <source>Filled: a key lies on this frame. Hollow: the value changes over time. Click: its curve.</source>
        <translation>实心：此帧上有键。空心：数值随时间变化。点按：显示曲线。</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>最终</translation>
    </message>
    <message>
        <source>Final matches the expression frame by frame; a draft is quicker.</source>
        <translation>最终质量逐帧匹配表情；草稿更快。</translation>
    </message>
    <message>
        <source>Final quality: {stage}{count}</source>
        <translation>最终质量：{stage}{count}</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>Finding keyframes</source>
        <translation>正在查找关键帧</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Five seconds of film and a computer-made face, in a project of your own</source>
        <translation>五秒影片和一张计算机生成的脸，建成您自己的项目</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Found again: {names}.</source>
        <translation>已重新找到：{names}。</translation>
    </message>
    <message>
        <source>Found so far: it may change until the analysis is done.</source>
        <translation>分析途中的发现：分析结束前可能改变。</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Frame of the clip</source>
        <translation>片段的帧号</translation>
    </message>
    <message>
        <source>Frame under the playhead, and frames in the plate. A click changes the ruler&apos;s unit.</source>
        <translation>播放头所在的帧和原片的帧数。点按切换标尺单位。</translation>
    </message>
    <message>
        <source>Frame {frame}</source>
        <translation>第 {frame} 帧</translation>
    </message>
    <message>
        <source>Frame {frame} of {output}: {why}</source>
        <translation>{output} 第 {frame} 帧：{why}</translation>
    </message>
    <message>
        <source>Frame {frame}, draft{late}</source>
        <translation>第 {frame} 帧，草稿{late}</translation>
    </message>
    <message>
        <source>Frame {frame}: not measured, something lies before the face</source>
        <translation>第 {frame} 帧：未测量，人脸前有遮挡</translation>
    </message>
    <message>
        <source>Frame {frame}: the draft isn&apos;t measured yet</source>
        <translation>第 {frame} 帧：草稿尚未测量</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧范围</translation>
    </message>
    <message>
        <source>Frames that were left out since playing began, because their pictures came too late; a click puts the light out. Every frame (Shift+A) shows all of them, more slowly.</source>
        <translation>开始播放以来因画面来得太晚而略过的帧数；点按熄灭此灯。“逐帧播放”（Shift+A）会显示每一帧，但更慢。</translation>
    </message>
    <message>
        <source>Frames {first} to {last}</source>
        <translation>第 {first} 至 {last} 帧</translation>
    </message>
    <message>
        <source>From a photo…</source>
        <translation>取自照片…</translation>
    </message>
    <message>
        <source>Further photos</source>
        <translation>更多照片</translation>
    </message>
    <message>
        <source>Further photos or films of the same person; dropping them here does the same.</source>
        <translation>同一个人的更多照片或影片；拖放到这里也一样。</translation>
    </message>
    <message>
        <source>Furthest off at frame {frame}; good up to {limit:g}.</source>
        <translation>第 {frame} 帧偏差最大；不超过 {limit:g} 为良好。</translation>
    </message>
    <message>
        <source>Gain of the motion</source>
        <translation>动作增益</translation>
    </message>
    <message>
        <source>Grab of {frame}</source>
        <translation>抓取的第 {frame} 帧</translation>
    </message>
    <message>
        <source>Handle</source>
        <translation>手柄</translation>
    </message>
    <message>
        <source>Handle of {parameter} at {frame}</source>
        <translation>“{parameter}”在第 {frame} 帧的手柄</translation>
    </message>
    <message>
        <source>Have keyframes found so, for all faces; what you touched stays.</source>
        <translation>按此设置为所有人脸查找关键帧；您改动过的保持不变。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Hold this job between two frames</source>
        <translation>在两帧之间暂停此任务</translation>
    </message>
    <message>
        <source>How far the result&apos;s action units are from the plate&apos;s; good up to {limit:g}.{late}</source>
        <translation>结果的动作单元与原片相差多少；不超过 {limit:g} 为合格。{late}</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Import markers</source>
        <translation>导入标记</translation>
    </message>
    <message>
        <source>In the plate; their consent counts where no identity goes onto their face.</source>
        <translation>在原片中；其人脸上没有换入身份时，以本人的同意为准。</translation>
    </message>
    <message>
        <source>In to out ({first} to {last})</source>
        <translation>入点到出点（{first} 至 {last}）</translation>
    </message>
    <message>
        <source>In – out</source>
        <translation>入点 – 出点</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>It is being looked at.</source>
        <translation>正在查看。</translation>
    </message>
    <message>
        <source>It shows several faces: say which one is meant.</source>
        <translation>其中有多张脸：请指明是哪一张。</translation>
    </message>
    <message>
        <source>It was taken before the last change, and is taken anew when you rest.</source>
        <translation>该数值取自上次更改之前，空闲时会重新测量。</translation>
    </message>
    <message>
        <source>Its plate is {width} × {height}, and this one {own_width} × {own_height}.</source>
        <translation>它的原片为 {width} × {height}，当前原片为 {own_width} × {own_height}。</translation>
    </message>
    <message>
        <source>Its radius on the face, from middle to edge. In the viewer: Shift-drag left and right.</source>
        <translation>在脸上的半径，从中心到边缘。在查看器中：按住 Shift 左右拖动。</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Keep the keyframes that are there.</source>
        <translation>保留现有的关键帧。</translation>
    </message>
    <message>
        <source>Keep the saved file</source>
        <translation>保留已保存的文件</translation>
    </message>
    <message>
        <source>Keep the unsaved state</source>
        <translation>保留未保存的状态</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Key of {parameter} at {frame}</source>
        <translation>“{parameter}”在第 {frame} 帧的键</translation>
    </message>
    <message>
        <source>Key of {parameter} at {frame}: {value:.2f}</source>
        <translation>“{parameter}”在第 {frame} 帧的键：{value:.2f}</translation>
    </message>
    <message>
        <source>Keyframe at {frame}</source>
        <translation>第 {frame} 帧的关键帧</translation>
    </message>
    <message>
        <source>Keyframes</source>
        <translation>关键帧</translation>
    </message>
    <message>
        <source>Keyframes found</source>
        <translation>找到的关键帧</translation>
    </message>
    <message>
        <source>Keyframes found from {first} to {last}</source>
        <translation>在第 {first} 至 {last} 帧找到的关键帧</translation>
    </message>
    <message>
        <source>Keyframes: {approved} approved, {work} need work, {open} open</source>
        <translation>关键帧：{approved} 个已通过，{work} 个需修改，{open} 个待审</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Keys and actions</source>
        <translation>快捷键与操作</translation>
    </message>
    <message>
        <source>Keys as you know them from another program; what you chose yourself stays.</source>
        <translation>沿用您在其他软件中熟悉的快捷键；您自己设置的保持不变。</translation>
    </message>
    <message>
        <source>Keys of</source>
        <translation>快捷键方案</translation>
    </message>
    <message>
        <source>Keys to give</source>
        <translation>要设置的快捷键</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Kind, reason, note</source>
        <translation>类型、理由、备注</translation>
    </message>
    <message>
        <source>Landmarks as they were found</source>
        <translation>特征点保持检测位置</translation>
    </message>
    <message>
        <source>Landmarks corrected in {count} frames, not in this one</source>
        <translation>已在 {count} 帧中修正特征点，此帧未修正</translation>
    </message>
    <message>
        <source>Landmarks corrected in {count} frames; here: {parts}</source>
        <translation>已在 {count} 帧中修正特征点；此帧：{parts}</translation>
    </message>
    <message>
        <source>Last export</source>
        <translation>上次导出</translation>
    </message>
    <message>
        <source>Lead with this one</source>
        <translation>以此为主</translation>
    </message>
    <message>
        <source>Least spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Left and right together</source>
        <translation>左右同步</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未保留</translation>
    </message>
    <message>
        <source>Left out of the new plate</source>
        <translation>新原片中未保留的内容</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>List them</source>
        <translation>列出</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Look at both</source>
        <translation>两者都看</translation>
    </message>
    <message>
        <source>Look elsewhere…</source>
        <translation>到别处查找…</translation>
    </message>
    <message>
        <source>Looked at with {words}</source>
        <translation>观看方式：{words}</translation>
    </message>
    <message>
        <source>Looking at the plate and the face …</source>
        <translation>正在查看原片与人脸…</translation>
    </message>
    <message>
        <source>Looking closer at {first} to {last}</source>
        <translation>正在细查第 {first} 至 {last} 帧</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找……</translation>
    </message>
    <message>
        <source>Making proxies of {plate}</source>
        <translation>正在制作 {plate} 的代理</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Marker at {frame}</source>
        <translation>第 {frame} 帧的标记</translation>
    </message>
    <message>
        <source>Marker at {frame} {colour}</source>
        <translation>第 {frame} 帧的标记：{colour}</translation>
    </message>
    <message>
        <source>Marker on frame {frame}, {timecode}</source>
        <translation>标记位于第 {frame} 帧，{timecode}</translation>
    </message>
    <message>
        <source>Marker {name}</source>
        <translation>标记 {name}</translation>
    </message>
    <message>
        <source>Marker&apos;s name</source>
        <translation>标记的名称</translation>
    </message>
    <message>
        <source>Marker&apos;s note</source>
        <translation>标记的备注</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Markers and notes</source>
        <translation>标记与备注</translation>
    </message>
    <message>
        <source>Markers taken in</source>
        <translation>导入的标记</translation>
    </message>
    <message>
        <source>Matte</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Matte as it was found</source>
        <translation>蒙版保持检测结果</translation>
    </message>
    <message>
        <source>Matte painted at {frame}: {what}</source>
        <translation>在 {frame} 涂抹蒙版：{what}</translation>
    </message>
    <message>
        <source>Matte painted in {count} frames, not here</source>
        <translation>蒙版已在 {count} 帧中涂抹，此帧未涂抹</translation>
    </message>
    <message>
        <source>Matte painted {first} – {last}; 1 stroke here</source>
        <translation>蒙版涂抹 {first} – {last}；此帧 1 笔</translation>
    </message>
    <message>
        <source>Matte painted {first} – {last}; {count} strokes here</source>
        <translation>蒙版涂抹 {first} – {last}；此帧 {count} 笔</translation>
    </message>
    <message>
        <source>Measuring drafts — {done} / {total}</source>
        <translation>正在测量草稿 — {done} / {total}</translation>
    </message>
    <message>
        <source>Media found again</source>
        <translation>重新找到媒体</translation>
    </message>
    <message>
        <source>Merge {face} and {other}</source>
        <translation>合并 {face} 与 {other}</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>合并…</translation>
    </message>
    <message>
        <source>Micro</source>
        <translation>微表情</translation>
    </message>
    <message>
        <source>Mix in an expression…</source>
        <translation>混入表情…</translation>
    </message>
    <message>
        <source>Most a minute</source>
        <translation>每分钟上限</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Move marker to {frame}</source>
        <translation>把标记移到第 {frame} 帧</translation>
    </message>
    <message>
        <source>Move {frames}</source>
        <translation>移动{frames}</translation>
    </message>
    <message>
        <source>Moved media are looked for in {folder} …</source>
        <translation>正在 {folder} 中查找移动过的媒体…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name and note…</source>
        <translation>名称与备注…</translation>
    </message>
    <message>
        <source>Name of the person in the photo</source>
        <translation>照片中人的姓名</translation>
    </message>
    <message>
        <source>Name of the workspace</source>
        <translation>工作区名称</translation>
    </message>
    <message>
        <source>Needs work</source>
        <translation>需修改</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>神经网络</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>神经网络</translation>
    </message>
    <message>
        <source>Networks ({endings});;All files (*)</source>
        <translation>神经网络 ({endings});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Networks run on the GPU, by {library}.</source>
        <translation>神经网络通过 {library} 在 GPU 上运行。</translation>
    </message>
    <message>
        <source>Networks run on the processor.</source>
        <translation>神经网络在处理器上运行。</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>No draft of this shot is measured yet.</source>
        <translation>此镜头的草稿尚未测量。</translation>
    </message>
    <message>
        <source>No export of this plate is there yet</source>
        <translation>此原片还没有导出</translation>
    </message>
    <message>
        <source>No face of the project yet: give it an identity to work on it.</source>
        <translation>项目中还没有这张人脸：为它指定身份后即可处理。</translation>
    </message>
    <message>
        <source>No face wears it.</source>
        <translation>没有人脸使用它。</translation>
    </message>
    <message>
        <source>No keyframe here. A change of this frame makes it one.</source>
        <translation>此处没有关键帧。更改此帧即成为关键帧。</translation>
    </message>
    <message>
        <source>No keyframe that waits for review is measured yet; it is done while you rest.</source>
        <translation>待审的关键帧都还没有测量；空闲时会自动进行。</translation>
    </message>
    <message>
        <source>No keyframes: a shot is approved by its keyframes.</source>
        <translation>没有关键帧：镜头须由其关键帧通过。</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>无快捷键</translation>
    </message>
    <message>
        <source>No keys were copied: select keyframes that hold keys, and copy them.</source>
        <translation>没有复制任何键：请选中带有键的关键帧再复制。</translation>
    </message>
    <message>
        <source>No range is marked: set in and out first, with I and O.</source>
        <translation>没有标记范围：请先用 I 和 O 标记入点和出点。</translation>
    </message>
    <message>
        <source>No save of this project can be read, so there is none to compare with.</source>
        <translation>此项目没有可读取的保存版本，因此无法比较。</translation>
    </message>
    <message>
        <source>No save of this project is there yet</source>
        <translation>此项目还没有保存版本</translation>
    </message>
    <message>
        <source>Nobody is left in the plate for this face: merge it with another.</source>
        <translation>原片中已没有属于这张人脸的人：请与另一张合并。</translation>
    </message>
    <message>
        <source>Not approved</source>
        <translation>尚未通过</translation>
    </message>
    <message>
        <source>Not as their cards say: {networks}. Drop their files here: each is known by its checksum.</source>
        <translation>与说明卡不符：{networks}。请把它们的文件拖放到这里：每个文件按校验和识别。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note for this keyframe</source>
        <translation>此关键帧的备注</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Of a film or a picture…</source>
        <translation>取自影片或图片…</translation>
    </message>
    <message>
        <source>Of the draft of this frame, against the plate.</source>
        <translation>此帧草稿与原片的对比。</translation>
    </message>
    <message>
        <source>Old frame</source>
        <translation>旧帧号</translation>
    </message>
    <message>
        <source>On</source>
        <comment>onto which face</comment>
        <translation>用于</translation>
    </message>
    <message>
        <source>One frame of it, 0-based; below 0 the whole clip, in step with the plate.</source>
        <translation>其中的一帧，从 0 起算；小于 0 表示整段片段，与原片同步。</translation>
    </message>
    <message>
        <source>One or more photos of the face</source>
        <translation>一张或多张人脸照片</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>not reviewed yet</comment>
        <translation>待审</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Overview of the plate</source>
        <translation>原片总览</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Pack for hand-over</source>
        <translation>打包交付</translation>
    </message>
    <message>
        <source>Pack into</source>
        <translation>打包到</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Parameters that have a curve. Any other: click the mark beside it in the inspector.</source>
        <translation>有曲线的参数。其他参数：请点按检查器中其旁边的符号。</translation>
    </message>
    <message>
        <source>Paste keys at {frame}</source>
        <translation>在第 {frame} 帧粘贴键</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Photos of the face that goes in</source>
        <translation>要换入的人脸照片</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Pictures and films ({endings});;All files (*)</source>
        <translation>图片与影片 ({endings});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>原片</translation>
    </message>
    <message>
        <source>Plate {name}</source>
        <translation>原片 {name}</translation>
    </message>
    <message>
        <source>Playing is silent: {why}. Everything else works as ever.</source>
        <translation>播放时没有声音：{why}。其余一切照常。</translation>
    </message>
    <message>
        <source>Production, scene, use, until when</source>
        <translation>制作、场次、用途、期限</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>侧重</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Projects (*{suffix})</source>
        <translation>项目 (*{suffix})</translation>
    </message>
    <message>
        <source>Projects you open are listed here.</source>
        <translation>打开过的项目列在这里。</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>凭证</translation>
    </message>
    <message>
        <source>Proposed: {change}, frames {first} to {last}</source>
        <translation>建议：{change}，第 {first} 至 {last} 帧</translation>
    </message>
    <message>
        <source>Put files of networks in their places; files dropped here are, too. A file is known by its checksum, whatever it is called.</source>
        <translation>把神经网络的文件放到应在的位置；拖放到这里的文件也一样。文件按校验和识别，文件名不限。</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Recast {face}; keys stay</source>
        <translation>为 {face} 换脸；键保留</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Record consent</source>
        <translation>记录同意</translation>
    </message>
    <message>
        <source>Record of consent</source>
        <translation>同意记录</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Recovered work</source>
        <translation>已恢复的工作</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove identity</source>
        <translation>移除身份</translation>
    </message>
    <message>
        <source>Remove key of {parameter} at {frame}</source>
        <translation>移除“{parameter}”在第 {frame} 帧的键</translation>
    </message>
    <message>
        <source>Remove marker at {frame}</source>
        <translation>移除第 {frame} 帧的标记</translation>
    </message>
    <message>
        <source>Remove {frames}</source>
        <translation>移除{frames}</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>重命名 {name}</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Reset {parameter}</source>
        <translation>重置“{parameter}”</translation>
    </message>
    <message>
        <source>Restored: {networks}.</source>
        <translation>已恢复：{networks}。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Save and close</source>
        <translation>保存并关闭</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save the panels as they lie now</source>
        <translation>保存当前的面板布局</translation>
    </message>
    <message>
        <source>Save the project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>Save this picture</source>
        <translation>保存此画面</translation>
    </message>
    <message>
        <source>Saved {when}</source>
        <translation>{when} 保存的版本</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Search actions</source>
        <translation>搜索操作</translation>
    </message>
    <message>
        <source>Search an action, what it does, or a key such as Ctrl+S</source>
        <translation>搜索操作、用途或快捷键，例如 Ctrl+S</translation>
    </message>
    <message>
        <source>Second viewer</source>
        <translation>第二检视器</translation>
    </message>
    <message>
        <source>Seen in {seen} frames</source>
        <translation>出现在 {seen} 帧中</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>灵敏度</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>Several notes: typing replaces them</source>
        <translation>多条备注：输入将取代它们</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Share of the extra work at keyframes, and the place in review; likeness doesn&apos;t depend on it.</source>
        <translation>关键帧处额外工作的份额，以及审阅中的次序；不影响相似度。</translation>
    </message>
    <message>
        <source>Share of the radius that fades. In the viewer: Shift-drag up and down.</source>
        <translation>半径中渐隐部分的比例。在查看器中：按住 Shift 上下拖动。</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Shot {number} has no keyframes, and a shot is approved by them: set one on a frame that you looked at.</source>
        <translation>镜头 {number} 没有关键帧，而镜头须由关键帧通过：请在看过的一帧上设一个。</translation>
    </message>
    <message>
        <source>Shots</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Show the networks</source>
        <translation>显示神经网络</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Soft</source>
        <translation>柔和</translation>
    </message>
    <message>
        <source>Softness of the brush</source>
        <translation>画笔柔和度</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Split {face} at {frame}</source>
        <translation>在第 {frame} 帧拆分 {face}</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Still needed: a photo of the face.</source>
        <translation>还需要：一张人脸照片。</translation>
    </message>
    <message>
        <source>Still needed: a plate and a photo of the face.</source>
        <translation>还需要：一段原片和一张人脸照片。</translation>
    </message>
    <message>
        <source>Still needed: a plate.</source>
        <translation>还需要：一段原片。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stop this job; what is finished is kept</source>
        <translation>停止此任务；已完成的部分保留</translation>
    </message>
    <message>
        <source>Strokes of {frame} at {to}</source>
        <translation>{frame} 的笔画用于 {to}</translation>
    </message>
    <message>
        <source>Strokes taken back</source>
        <translation>撤销笔画</translation>
    </message>
    <message>
        <source>Take out: {preset}</source>
        <translation>移出：{preset}</translation>
    </message>
    <message>
        <source>The best views of its main person are taken.</source>
        <translation>选用其中主要人物的最佳画面。</translation>
    </message>
    <message>
        <source>The demo can&apos;t be put into {folder}: {reason}.</source>
        <translation>无法把演示项目放入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The draft isn&apos;t measured here, or something lies before the face.</source>
        <translation>此处的草稿未经测量，或人脸前有遮挡。</translation>
    </message>
    <message>
        <source>The face in hand isn&apos;t in this frame</source>
        <translation>当前人脸不在此帧中</translation>
    </message>
    <message>
        <source>The face is {width:.0f} pixels wide and turned by {turn:+.0f} degrees.</source>
        <translation>人脸宽 {width:.0f} 像素，偏转 {turn:+.0f} 度。</translation>
    </message>
    <message>
        <source>The files are being compared with the networks&apos; cards.</source>
        <translation>正在把文件与神经网络的说明卡比较。</translation>
    </message>
    <message>
        <source>The language changes when Likeness is started the next time.</source>
        <translation>语言将在下次启动 Likeness 时更改。</translation>
    </message>
    <message>
        <source>The most prominent face of the plate</source>
        <translation>原片中最突出的人脸</translation>
    </message>
    <message>
        <source>The most prominent face of the plate: track {track}</source>
        <translation>原片中最突出的人脸：轨迹 {track}</translation>
    </message>
    <message>
        <source>The networks&apos; files are being checked.</source>
        <translation>正在检查神经网络的文件。</translation>
    </message>
    <message>
        <source>The new version of the plate</source>
        <translation>原片的新版本</translation>
    </message>
    <message>
        <source>The only source: add others, or drop them here</source>
        <translation>唯一的来源：请添加其他来源，或拖放到这里</translation>
    </message>
    <message>
        <source>The performer&apos;s own</source>
        <translation>演员自己的动作</translation>
    </message>
    <message>
        <source>The performer&apos;s own face</source>
        <translation>演员自己的脸</translation>
    </message>
    <message>
        <source>The picture is in {path}.</source>
        <translation>画面已存入 {path}。</translation>
    </message>
    <message>
        <source>The picture is on its way</source>
        <translation>画面正在生成</translation>
    </message>
    <message>
        <source>The plate has frames 0 to {last}, so there is no frame {frame}.</source>
        <translation>原片有第 0 至 {last} 帧，没有第 {frame} 帧。</translation>
    </message>
    <message>
        <source>The plate isn&apos;t analysed yet, and balance follows the expression measured there.</source>
        <translation>原片尚未分析，而平衡要依据分析得到的表情。</translation>
    </message>
    <message>
        <source>The plate&apos;s frames a second, and while playing those that were really shown.</source>
        <translation>原片的每秒帧数；播放时为实际显示的帧数。</translation>
    </message>
    <message>
        <source>The program ended without a word.</source>
        <translation>程序已结束，没有给出任何信息。</translation>
    </message>
    <message>
        <source>The project file and the plates, hashed.
The plates show their performers, the file holds consent.</source>
        <translation>项目文件与原片，附哈希值。
原片中可见演员本人，项目文件中含有同意书。</translation>
    </message>
    <message>
        <source>The selected keyframes hold no keys: change a value there first.</source>
        <translation>所选关键帧上没有键：请先在那里更改一个数值。</translation>
    </message>
    <message>
        <source>The shots whose keyframes are all approved, each in a file of its own.</source>
        <translation>关键帧已全部通过的镜头，每个镜头一个文件。</translation>
    </message>
    <message>
        <source>The whole plate. Drag the light part, or its ends; a double-click shows all.</source>
        <translation>整段原片。拖动亮的部分或其两端；双击显示全部。</translation>
    </message>
    <message>
        <source>The worker ended ({reason}); it is being started again. The document is safe.</source>
        <translation>后台进程已结束（{reason}），正在重新启动。文档未受影响。</translation>
    </message>
    <message>
        <source>The worker ended and could not be started again: {reason} The document is safe.</source>
        <translation>后台进程已结束，且无法重新启动：{reason}文档未受影响。</translation>
    </message>
    <message>
        <source>There are changes of {when:%H:%M} on {when:%d %B} that were not saved: the program ended, or another window has them.</source>
        <translation>有 {when:%m} 月 {when:%d} 日 {when:%H:%M} 的更改未保存：程序当时意外结束，或者另有窗口正打开着它们。</translation>
    </message>
    <message>
        <source>There is no keyframe on that side.</source>
        <translation>那一侧没有关键帧。</translation>
    </message>
    <message>
        <source>There is no workspace of your own yet: Window, Save the workspace.</source>
        <translation>还没有自定义工作区：请用“窗口”菜单中的“保存工作区”。</translation>
    </message>
    <message>
        <source>There is nothing to copy: no keyframe on that side, or no key on this one.</source>
        <translation>没有可复制的内容：那一侧没有关键帧，或者这一帧上没有键。</translation>
    </message>
    <message>
        <source>This is the unsaved state. Undo shows the saved file, redo the unsaved state again.</source>
        <translation>这是未保存的状态。撤销可看已保存的文件，重做可再看未保存的状态。</translation>
    </message>
    <message>
        <source>This keyframe</source>
        <translation>此关键帧</translation>
    </message>
    <message>
        <source>This project is open for reading only</source>
        <translation>此项目以只读方式打开</translation>
    </message>
    <message>
        <source>Timecode</source>
        <translation>时间码</translation>
    </message>
    <message>
        <source>Timecode of the playhead. Type a timecode, a frame number, +12 or -12, then Enter.</source>
        <translation>播放头的时间码。输入时间码、帧号、+12 或 -12，再按 Enter。</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>影调</translation>
    </message>
    <message>
        <source>Too far from the face in hand to be painted</source>
        <translation>离当前人脸太远，无法涂抹</translation>
    </message>
    <message>
        <source>Track {label} of the analysis</source>
        <translation>分析得到的轨迹 {label}</translation>
    </message>
    <message>
        <source>Track {track} of the analysis; no face of the project takes it.</source>
        <translation>分析得到的轨迹 {track}；项目中没有人脸使用它。</translation>
    </message>
    <message>
        <source>Track {track}: {name}</source>
        <translation>轨迹 {track}：{name}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try the demo project</source>
        <translation>试用演示项目</translation>
    </message>
    <message>
        <source>Two lines that are one person: what is set here holds for both.</source>
        <translation>两行其实是同一个人：在此设置的内容对两者都有效。</translation>
    </message>
    <message>
        <source>Under which terms the photos may be used</source>
        <translation>照片的使用条款</translation>
    </message>
    <message>
        <source>Unsaved work cannot be kept in {folder}: {reason}. Save often, or save it elsewhere.</source>
        <translation>无法把未保存的工作存放到 {folder}：{reason}。请经常保存，或另存到别处。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>检视器</translation>
    </message>
    <message>
        <source>Viewer — Likeness</source>
        <translation>检视器 — Likeness</translation>
    </message>
    <message>
        <source>Was there already: {networks}.</source>
        <translation>原已存在：{networks}。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>What became of this job, with the time of day</source>
        <translation>此任务的经过，附时刻</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>What matters in this plate</source>
        <translation>此素材中看重什么</translation>
    </message>
    <message>
        <source>What this person is called here</source>
        <translation>此人在项目中的称呼</translation>
    </message>
    <message>
        <source>What was agreed, in words</source>
        <translation>同意的内容，用文字写明</translation>
    </message>
    <message>
        <source>Where the project file goes</source>
        <translation>项目文件的位置</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>保存位置</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>查找位置</translation>
    </message>
    <message>
        <source>Which keyframes are shown</source>
        <translation>显示哪些关键帧</translation>
    </message>
    <message>
        <source>Which shots are shown</source>
        <translation>显示哪些镜头</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>同意人</translation>
    </message>
    <message>
        <source>Whole plate ({frames})</source>
        <translation>整段原片（{frames}）</translation>
    </message>
    <message>
        <source>Whole shot</source>
        <translation>整个镜头</translation>
    </message>
    <message>
        <source>Whose expression is worn</source>
        <translation>采用谁的表情</translation>
    </message>
    <message>
        <source>Whose expression this face wears; its identity and its keys stay.</source>
        <translation>这张人脸采用谁的表情；其身份和键保持不变。</translation>
    </message>
    <message>
        <source>Whose face goes onto this one; what is keyed on it stays.</source>
        <translation>把谁的脸换到这张脸上；已设的键保持不变。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>With consent the mark is small. The file&apos;s metadata says that the picture is synthetic either way.</source>
        <translation>有同意书时标识较小。无论如何，文件的元数据都会说明画面是合成的。</translation>
    </message>
    <message>
        <source>With the photos and films of the faces that go in</source>
        <translation>包含换入人脸的照片和影片</translation>
    </message>
    <message>
        <source>With what was measured of faces: landmarks and embeddings</source>
        <translation>包含对人脸的测量数据：特征点与人脸特征向量</translation>
    </message>
    <message>
        <source>Withdraw consent</source>
        <translation>撤回同意</translation>
    </message>
    <message>
        <source>Without balance: {face}</source>
        <translation>取消平衡：{face}</translation>
    </message>
    <message>
        <source>Without consent every result carries a visible “AI-generated, draft” mark.</source>
        <translation>没有同意书时，每个结果都带有明显的“AI-generated, draft”标识。</translation>
    </message>
    <message>
        <source>Without expression {preset}</source>
        <translation>移出表情“{preset}”</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Words that keyframes are found by</source>
        <translation>用来查找关键帧的文字</translation>
    </message>
    <message>
        <source>Zip (*.zip);;Folder (*)</source>
        <translation>Zip (*.zip);;文件夹 (*)</translation>
    </message>
    <message>
        <source>a library of the system is missing ({error})</source>
        <translation>系统缺少一个库（{error}）</translation>
    </message>
    <message>
        <source>as in the plate</source>
        <translation>保持原片的样子</translation>
    </message>
    <message>
        <source>as saved last</source>
        <translation>上次保存</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>已开始</translation>
    </message>
    <message>
        <source>can&apos;t be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>colour assumed: {fields}</source>
        <translation>色彩为假定：{fields}</translation>
    </message>
    <message>
        <source>displaced</source>
        <translation>位移</translation>
    </message>
    <message>
        <source>draft; the expression is being matched</source>
        <translation>草稿；正在匹配表情</translation>
    </message>
    <message>
        <source>drawing …</source>
        <translation>正在绘制…</translation>
    </message>
    <message>
        <source>film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>flipped</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>float</source>
        <translation>浮点</translation>
    </message>
    <message>
        <source>flopped</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>frame {frame}</source>
        <translation>第 {frame} 帧</translation>
    </message>
    <message>
        <source>frames {first} – {last}</source>
        <translation>第 {first} – {last} 帧</translation>
    </message>
    <message>
        <source>gamma {gamma:.2f}</source>
        <translation>伽马 {gamma:.2f}</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>half float</source>
        <translation>半精度浮点</translation>
    </message>
    <message>
        <source>held</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>held: {stage}</source>
        <translation>已暂停：{stage}</translation>
    </message>
    <message>
        <source>in to out</source>
        <translation>入点到出点</translation>
    </message>
    <message>
        <source>in {first}  out {last}  ({count} f)</source>
        <translation>入 {first}  出 {last}  ({count} 帧)</translation>
    </message>
    <message>
        <source>landmarks</source>
        <translation>特征点</translation>
    </message>
    <message>
        <source>landmarks {value:.2f} %</source>
        <translation>特征点 {value:.2f} %</translation>
    </message>
    <message>
        <source>left brow</source>
        <translation>左眉</translation>
    </message>
    <message>
        <source>left eye</source>
        <translation>左眼</translation>
    </message>
    <message>
        <source>like the performer</source>
        <translation>与演员的相似度</translation>
    </message>
    <message>
        <source>like the photos</source>
        <translation>与照片的相似度</translation>
    </message>
    <message>
        <source>marker</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>motion of {clip}</source>
        <translation>{clip} 的动作</translation>
    </message>
    <message>
        <source>mouth</source>
        <translation>口</translation>
    </message>
    <message>
        <source>no cuts known yet</source>
        <translation>剪辑点尚未知</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>非项目人脸</translation>
    </message>
    <message>
        <source>none on record</source>
        <translation>无记录</translation>
    </message>
    <message>
        <source>not analysed yet</source>
        <translation>尚未分析</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>未出现</translation>
    </message>
    <message>
        <source>of this face</source>
        <translation>此人的</translation>
    </message>
    <message>
        <source>of {name}</source>
        <translation>{name} 的</translation>
    </message>
    <message>
        <source>one save earlier</source>
        <translation>再前一次保存</translation>
    </message>
    <message>
        <source>other in every frame</source>
        <translation>每一帧都不同</translation>
    </message>
    <message>
        <source>other in frames {first} – {last}</source>
        <translation>第 {first} – {last} 帧不同</translation>
    </message>
    <message>
        <source>own face</source>
        <translation>本人的脸</translation>
    </message>
    <message>
        <source>point {number}</source>
        <translation>点 {number}</translation>
    </message>
    <message>
        <source>right brow</source>
        <translation>右眉</translation>
    </message>
    <message>
        <source>right eye</source>
        <translation>右眼</translation>
    </message>
    <message>
        <source>same picture as now</source>
        <translation>画面与现在相同</translation>
    </message>
    <message>
        <source>seam</source>
        <translation>接缝</translation>
    </message>
    <message>
        <source>seam {value:.1f} ΔE</source>
        <translation>接缝 {value:.1f} ΔE</translation>
    </message>
    <message>
        <source>seen: {seen}   waiting for {frame}</source>
        <translation>所见：{seen}   等待 {frame}</translation>
    </message>
    <message>
        <source>sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>skin off by</source>
        <translation>肤色偏差</translation>
    </message>
    <message>
        <source>skin {value:.1f} ΔE</source>
        <translation>肤色 {value:.1f} ΔE</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>the face is being prepared</source>
        <translation>正在准备人脸</translation>
    </message>
    <message>
        <source>the face is drawn once the plate is analysed</source>
        <translation>分析原片后绘制人脸</translation>
    </message>
    <message>
        <source>the performer&apos;s own face</source>
        <translation>演员自己的脸</translation>
    </message>
    <message>
        <source>the performer&apos;s own motion</source>
        <translation>演员自己的动作</translation>
    </message>
    <message>
        <source>the sound device takes nothing any more</source>
        <translation>声音设备不再接收任何数据</translation>
    </message>
    <message>
        <source>the system has no sound device</source>
        <translation>系统没有声音设备</translation>
    </message>
    <message>
        <source>this project</source>
        <translation>本项目</translation>
    </message>
    <message>
        <source>track {track}</source>
        <translation>轨迹 {track}</translation>
    </message>
    <message>
        <source>untagged, colour assumed</source>
        <translation>无色彩标签，色彩为假定</translation>
    </message>
    <message>
        <source>whole clip</source>
        <translation>整段片段</translation>
    </message>
    <message>
        <source>whole plate</source>
        <translation>整个素材</translation>
    </message>
    <message>
        <source>whole shot</source>
        <translation>整个镜头</translation>
    </message>
    <message>
        <source>with the frames beside it</source>
        <translation>连同前后帧</translation>
    </message>
    <message>
        <source>worth {least:.2f} or more</source>
        <translation>价值不低于 {least:.2f}</translation>
    </message>
    <message>
        <source>worth {score:.2f}</source>
        <translation>价值 {score:.2f}</translation>
    </message>
    <message>
        <source>{action}: click the field below and press the keys it should have.</source>
        <translation>{action}：请点按下方输入框，再按下想要的快捷键。</translation>
    </message>
    <message>
        <source>{count} corrections are proposed</source>
        <translation>有 {count} 项修正建议</translation>
    </message>
    <message>
        <source>{count} faces</source>
        <translation>{count} 张脸</translation>
    </message>
    <message>
        <source>{count} found: {come} come, {go} go</source>
        <translation>找到 {count} 个：新增 {come} 个，移除 {go} 个</translation>
    </message>
    <message>
        <source>{count} frames left out</source>
        <translation>略过 {count} 帧</translation>
    </message>
    <message>
        <source>{count} keyframes</source>
        <translation>{count} 个关键帧</translation>
    </message>
    <message>
        <source>{count} markers are in {path}.</source>
        <translation>{count} 个标记已写入 {path}。</translation>
    </message>
    <message>
        <source>{count} saves earlier</source>
        <translation>再前 {count} 次的保存</translation>
    </message>
    <message>
        <source>{count} sources</source>
        <translation>{count} 个来源</translation>
    </message>
    <message>
        <source>{count} things lie on frames that {name} doesn&apos;t have. Ctrl+Z brings the old plate back.</source>
        <translation>有 {count} 项位于{name}中不存在的帧上。按 Ctrl+Z 可恢复旧原片。</translation>
    </message>
    <message>
        <source>{depth} bit full</source>
        <translation>{depth} bit 全范围</translation>
    </message>
    <message>
        <source>{depth} bit legal</source>
        <translation>{depth} bit 合法范围</translation>
    </message>
    <message>
        <source>{device} takes no stereo sound at {rate} kHz</source>
        <translation>{device} 不支持 {rate} kHz 立体声</translation>
    </message>
    <message>
        <source>{each} brought the worker down twice and is not tried again.</source>
        <translation>{each}两次使后台进程崩溃，不再尝试。</translation>
    </message>
    <message>
        <source>{executable} could not be started: the program&apos;s installation is damaged.</source>
        <translation>无法启动 {executable}：程序的安装已损坏。</translation>
    </message>
    <message>
        <source>{exposure:+.1f} stops</source>
        <translation>{exposure:+.1f} 档</translation>
    </message>
    <message>
        <source>{face} isn&apos;t seen in {name}, and is left as in the plate from now on.</source>
        <translation>{name}中找不到{face}，从现在起保持原片的样子。</translation>
    </message>
    <message>
        <source>{face} left as in the plate</source>
        <translation>{face} 保持原片的样子</translation>
    </message>
    <message>
        <source>{face} stays as it is: it is balanced already, or every key is your own.</source>
        <translation>{face} 保持不变：已经平衡过，或者所有的键都是您自己设的。</translation>
    </message>
    <message>
        <source>{face} taken back</source>
        <translation>{face} 恢复替换</translation>
    </message>
    <message>
        <source>{face}: share {value:.2f}</source>
        <translation>{face}：份额 {value:.2f}</translation>
    </message>
    <message>
        <source>{failure} Ctrl+Z takes it back.</source>
        <translation>{failure}按 Ctrl+Z 可撤销。</translation>
    </message>
    <message>
        <source>{filename} can&apos;t be read: {strerror}.</source>
        <translation>无法读取 {filename}：{strerror}。</translation>
    </message>
    <message>
        <source>{frames} frames in {seconds:.0f} s, {reused} of them kept from before</source>
        <translation>{frames} 帧，用时 {seconds:.0f} 秒，其中 {reused} 帧沿用先前的结果</translation>
    </message>
    <message>
        <source>{id} has no keys of a balance.</source>
        <translation>{id} 没有用于平衡的键。</translation>
    </message>
    <message>
        <source>{id} is seen in frames {first} to {last}, so it can&apos;t be split at {frame}: put the playhead between, on the first frame of the other person.</source>
        <translation>{id} 出现在第 {first} 至 {last} 帧，因此不能在第 {frame} 帧拆分：请把播放头放在其间、另一个人出现的第一帧上。</translation>
    </message>
    <message>
        <source>{interpolation} from {frame}, {parameter}</source>
        <translation>“{parameter}”从第 {frame} 帧起：{interpolation}</translation>
    </message>
    <message>
        <source>{keys} does nothing yet.</source>
        <translation>{keys} 目前没有任何作用。</translation>
    </message>
    <message>
        <source>{keys} is {action} already.</source>
        <translation>{keys} 已经是“{action}”。</translation>
    </message>
    <message>
        <source>{keys} is “{action}” ({menu}) now. Setting it here takes it from there.</source>
        <translation>{keys} 现在是“{action}”（{menu}）。在此设定会把它从那里移过来。</translation>
    </message>
    <message>
        <source>{layer}, {quality}</source>
        <translation>{layer}（{quality}）</translation>
    </message>
    <message>
        <source>{measured:.1f} of {rate}</source>
        <translation>{measured:.1f} / {rate}</translation>
    </message>
    <message>
        <source>{names} aren&apos;t where they were.</source>
        <translation>{names} 已不在原来的位置。</translation>
    </message>
    <message>
        <source>{names} is neither a film, a picture nor a project: drop a plate and a photo of a face.</source>
        <translation>{names} 既不是影片、图片，也不是项目：请拖放原片和人脸照片。</translation>
    </message>
    <message>
        <source>{names} isn&apos;t where it was.</source>
        <translation>{names} 已不在原来的位置。</translation>
    </message>
    <message>
        <source>{names} was not found there.</source>
        <translation>在那里没有找到 {names}。</translation>
    </message>
    <message>
        <source>{names} were not found there.</source>
        <translation>在那里没有找到 {names}。</translation>
    </message>
    <message>
        <source>{name} ({waits})</source>
        <translation>{name}（{waits}）</translation>
    </message>
    <message>
        <source>{name} at {frame}</source>
        <translation>{name}，第 {frame} 帧</translation>
    </message>
    <message>
        <source>{name} can&apos;t be compared with. {why}</source>
        <translation>无法与{name}比较。{why}</translation>
    </message>
    <message>
        <source>{name} comes with the program: give yours another name.</source>
        <translation>“{name}”是程序自带的：请给您的工作区另取名称。</translation>
    </message>
    <message>
        <source>{name} has unsaved changes.</source>
        <translation>{name} 有未保存的更改。</translation>
    </message>
    <message>
        <source>{name} is laid beside the plate and analysed …</source>
        <translation>正在把 {name} 与原片对照并分析…</translation>
    </message>
    <message>
        <source>{name} is packed …</source>
        <translation>正在打包 {name}…</translation>
    </message>
    <message>
        <source>{name} is the plate now: {keyframes} keyframes and {markers} markers came along.</source>
        <translation>{name} 现在是原片：{keyframes} 个关键帧和 {markers} 个标记已随之迁移。</translation>
    </message>
    <message>
        <source>{name} leads</source>
        <translation>以 {name} 为主</translation>
    </message>
    <message>
        <source>{name} of the chosen key. Type, then Enter; Up and Down change it a little.</source>
        <translation>选中的键的{name}。输入后按 Enter；按上下键微调。</translation>
    </message>
    <message>
        <source>{name} of the key</source>
        <translation>键的{name}</translation>
    </message>
    <message>
        <source>{name} shows {count} faces. Which one is meant, counted from the left?</source>
        <translation>{name} 中有 {count} 张人脸。要用的是从左数第几张？</translation>
    </message>
    <message>
        <source>{name} {lowest:g} to {highest:g}</source>
        <translation>{name} {lowest:g} 至 {highest:g}</translation>
    </message>
    <message>
        <source>{name}, of another plate</source>
        <translation>{name}，使用另一原片</translation>
    </message>
    <message>
        <source>{name}: left out as outside the plate: frames {frames}{more}.</source>
        <translation>{name}：以下帧在原片之外，未导入：{frames}{more}。</translation>
    </message>
    <message>
        <source>{network} ({state}): {purpose}</source>
        <translation>{network}（{state}）：{purpose}</translation>
    </message>
    <message>
        <source>{output} holds the project and {count} files, {size:.1f} MB.</source>
        <translation>{output} 包含项目和 {count} 个文件，共 {size:.1f} MB。</translation>
    </message>
    <message>
        <source>{part}  {reach:.1f} cm</source>
        <translation>{part}  {reach:.1f} 厘米</translation>
    </message>
    <message>
        <source>{part} moved at {frame}</source>
        <translation>在第 {frame} 帧移动{part}</translation>
    </message>
    <message>
        <source>{part} taken back</source>
        <translation>撤销{part}的修正</translation>
    </message>
    <message>
        <source>{part} {trust:.0%}</source>
        <translation>{part} {trust:.0%}</translation>
    </message>
    <message>
        <source>{radius:.2f} cm, {soft:.0f} % soft</source>
        <translation>{radius:.2f} cm，柔和 {soft:.0f} %</translation>
    </message>
    <message>
        <source>{rate} fps</source>
        <translation>{rate} fps</translation>
    </message>
    <message>
        <source>{stage}, {total} in all</source>
        <translation>{stage}，共 {total}</translation>
    </message>
    <message>
        <source>{stage}: {done} / {total}</source>
        <translation>{stage}：{done} / {total}</translation>
    </message>
    <message>
        <source>{title}, left</source>
        <translation>{title}（左）</translation>
    </message>
    <message>
        <source>{title}, right</source>
        <translation>{title}（右）</translation>
    </message>
    <message>
        <source>{unit}  {lowest:g} to {highest:g}, default {default:g}</source>
        <translation>{unit}  {lowest:g} 至 {highest:g}，默认 {default:g}</translation>
    </message>
    <message>
        <source>{when:%d %b %H:%M}</source>
        <translation>{when:%m}月{when:%d}日 {when:%H:%M}</translation>
    </message>
    <message>
        <source>{words} Now {first} to {last}.</source>
        <translation>{words}现在为 {first} 至 {last}。</translation>
    </message>
</context>
</TS>
