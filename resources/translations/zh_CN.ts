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
        <source> and {more} more</source>
        <translation>，另有 {more} 个</translation>
    </message>
    <message>
        <source> {reopened} of the keyframes are open again: their picture is another one.</source>
        <translation>其中 {reopened} 个关键帧的画面不同了，已重新设为待审。</translation>
    </message>
    <message>
        <source>1 thing lies on frames that {name} doesn&apos;t have. Ctrl+Z brings the old plate back.</source>
        <translation>有 1 项位于{name}中不存在的帧上。按 Ctrl+Z 可恢复旧原片。</translation>
    </message>
    <message>
        <source>A film to compare with</source>
        <translation>用来比较的影片</translation>
    </message>
    <message>
        <source>A folder, or a zip where the name ends in .zip</source>
        <translation>文件夹；名称以 .zip 结尾时为 zip 文件</translation>
    </message>
    <message>
        <source>A workspace needs a name.</source>
        <translation>工作区需要一个名称。</translation>
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
        <source>All plates, photos and clips of this project are where it says.</source>
        <translation>本项目的原片、照片和片段都在记录的位置。</translation>
    </message>
    <message>
        <source>Analysing {name}</source>
        <translation>正在分析 {name}</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>刚打开时</translation>
    </message>
    <message>
        <source>Both are biometric data: pack them only for whom the consent covers.</source>
        <translation>两者都是生物特征数据：只有同意书涵盖接收者时才可打包。</translation>
    </message>
    <message>
        <source>Choose where to</source>
        <translation>选择保存位置</translation>
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
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>DaVinci Resolve (*.edl);;Premiere Pro (*.xml);;Table (*.csv);;Lists of markers (*.edl *.xml *.csv)</source>
        <translation>DaVinci Resolve (*.edl);;Premiere Pro (*.xml);;表格 (*.csv);;标记列表 (*.edl *.xml *.csv)</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Every keyframe of this face is approved.</source>
        <translation>此人脸的关键帧已全部通过。</translation>
    </message>
    <message>
        <source>Export markers</source>
        <translation>导出标记</translation>
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
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>Final quality: {stage}{count}</source>
        <translation>最终质量：{stage}{count}</translation>
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
        <source>Found again: {names}.</source>
        <translation>已重新找到：{names}。</translation>
    </message>
    <message>
        <source>Frame {frame} of {output}: {why}</source>
        <translation>{output} 第 {frame} 帧：{why}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Import markers</source>
        <translation>导入标记</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Keyframes</source>
        <translation>关键帧</translation>
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
        <source>Last export</source>
        <translation>上次导出</translation>
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
        <source>List them</source>
        <translation>列出</translation>
    </message>
    <message>
        <source>Look elsewhere…</source>
        <translation>到别处查找…</translation>
    </message>
    <message>
        <source>Looked at with {words}</source>
        <translation>以 {words} 观看</translation>
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
        <source>Markers</source>
        <translation>标记</translation>
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
        <source>Moved media are looked for in {folder} …</source>
        <translation>正在 {folder} 中查找移动过的媒体…</translation>
    </message>
    <message>
        <source>Name of the workspace</source>
        <translation>工作区名称</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>神经网络</translation>
    </message>
    <message>
        <source>No keyframe that waits for review is measured yet; it is done while you rest.</source>
        <translation>待审的关键帧都还没有测量；空闲时会自动进行。</translation>
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
        <translation>没有标记范围：请先用 I 和 O 设置入点和出点。</translation>
    </message>
    <message>
        <source>Of</source>
        <comment>which face</comment>
        <translation>所属</translation>
    </message>
    <message>
        <source>Old frame</source>
        <translation>旧帧号</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
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
        <source>People</source>
        <translation>人物</translation>
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
        <source>Projects (*{suffix})</source>
        <translation>项目 (*{suffix})</translation>
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
        <source>Review</source>
        <translation>审阅</translation>
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
        <source>Search actions</source>
        <translation>搜索操作</translation>
    </message>
    <message>
        <source>Search an action, what it does, or a key such as Ctrl+S</source>
        <translation>搜索操作、用途或快捷键，例如 Ctrl+S</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
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
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The demo can&apos;t be put into {folder}: {reason}.</source>
        <translation>无法把演示项目放入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The language changes when Likeness is started the next time.</source>
        <translation>语言将在下次启动 Likeness 时更改。</translation>
    </message>
    <message>
        <source>The new version of the plate</source>
        <translation>原片的新版本</translation>
    </message>
    <message>
        <source>The plate isn&apos;t analysed yet, and balance follows the expression measured there.</source>
        <translation>原片尚未分析，而平衡要依据分析得到的表情。</translation>
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
        <source>There is no workspace of your own yet: Window, Save the workspace.</source>
        <translation>还没有您自己的工作区：请用“窗口”菜单中的“保存工作区”。</translation>
    </message>
    <message>
        <source>There is nothing to copy: no keyframe on that side, or no key on this one.</source>
        <translation>没有可复制的内容：那一侧没有关键帧，或者这一帧上没有键。</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
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
        <source>Where to</source>
        <translation>保存位置</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>查找位置</translation>
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
        <source>Words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Zip (*.zip);;Folder (*)</source>
        <translation>Zip (*.zip);;文件夹 (*)</translation>
    </message>
    <message>
        <source>{action}: click the field below and press the keys it should have.</source>
        <translation>{action}：请点按下方输入框，再按下想要的快捷键。</translation>
    </message>
    <message>
        <source>{count} markers are in {path}.</source>
        <translation>{count} 个标记已写入 {path}。</translation>
    </message>
    <message>
        <source>{count} things lie on frames that {name} doesn&apos;t have. Ctrl+Z brings the old plate back.</source>
        <translation>有 {count} 项位于{name}中不存在的帧上。按 Ctrl+Z 可恢复旧原片。</translation>
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
        <source>{face} isn&apos;t seen in {name}, and is left as in the plate from now on.</source>
        <translation>{name}中找不到{face}，从现在起保持原片的样子。</translation>
    </message>
    <message>
        <source>{face} stays as it is: it is balanced already, or every key is your own.</source>
        <translation>{face} 保持不变：已经平衡过，或者所有的键都是您自己设的。</translation>
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
        <source>{names} aren&apos;t where they were.</source>
        <translation>{names} 已不在原来的位置。</translation>
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
        <source>{name} shows {count} faces. Which one is meant, counted from the left?</source>
        <translation>{name} 中有 {count} 张人脸。要用的是从左数第几张？</translation>
    </message>
    <message>
        <source>{name}: left out as outside the plate: frames {frames}{more}.</source>
        <translation>{name}：以下帧在原片之外，未导入：{frames}{more}。</translation>
    </message>
    <message>
        <source>{output} holds the project and {count} files, {size:.1f} MB.</source>
        <translation>{output} 包含项目和 {count} 个文件，共 {size:.1f} MB。</translation>
    </message>
</context>
</TS>
