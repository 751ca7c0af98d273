import type { steps as english } from "../en/steps.ts";
import { spaced, type Texts } from "../texts.ts";

/** Types that have a name in Chinese. */
const KINDS: Readonly<Record<string, string | undefined>> = {
  module: "模块",
  function: "函数",
  builtin_function_or_method: "函数",
  method: "方法",
  type: "类",
  list: "列表",
  tuple: "元组",
  dict: "字典",
  set: "集合",
  str: "字符串",
};

/** A space between Chinese and other letters or digits, and none between Chinese and Chinese. Code stays as it is. */
const tidy = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(/(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])/g, "")
            .replace(/(?<=[A-Za-z0-9\])])(?=[\u4e00-\u9fff])/g, " ")
            .replace(/(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9[(])/g, " "),
    )
    .join("");

export const steps: Texts<typeof english> = {
  viewsLabel: "运行的各种视图",
  views: { graph: "计算图", memory: "内存", derivation: "推导", values: "值" },
  timeline: "时间线",
  step: (n, count) => `第 ${n} 步，共 ${count} 步`,
  atEnd: "程序结束时",
  firstStep: "第一步",
  stepBack: "后退一步",
  stepForward: "前进一步",
  lastStep: "到结束",
  stepDetails: "这一步的详情",
  showDetails: "显示这一步的详情",
  hideDetails: "隐藏这一步的详情",
  newMemory: "新内存",
  sameTensor: "同一个张量",
  viewMemory: (of) => (of === null ? "视图" : `${of} 的视图`),
  inModule: "模块",
  inFunction: "所在函数",
  beforeStep: "之前",
  torchSays: "PyTorch 文档原文：",
  stepKinds: {
    statement: "语句",
    call: "调用",
    operation: "运算",
    backward: "反向传播",
    function: "反向函数",
    error: "错误",
  },
  wayBackThrough: "反向经过",
  gradientIn: "传入梯度",
  gradientOut: "传出梯度",
  localDerivative: "局部导数",
  opening: {
    open: "打开：看 torch 在内部做了什么",
    close: "收起",
    asking: "正在查看内部……",
    failed: "无法打开。",
    inside: "torch 在内部做的事",
    rounded: "重新执行一次，得到的数与本次运行只有舍入上的差别。",
    incomplete: "省略了部分步骤。",
  },
  flow: {
    term: (arrived, local) => `传入梯度 ${arrived} × 局部导数 ${local}`,
    product: (terms, sent, to) => `${to === "" ? "传出" : `传给 ${to}`}：${terms.join(" + ")} = ${sent}`,
    kinds: {
      elementwise: "逐元素相乘。",
      stretched: "逐元素相乘，再沿被拉伸的维度求和。",
      row: "结果是一个数，所以用它的梯度乘以对每个元素的局部导数。",
      matrix:
        "结果的每个元素都可能依赖输入的每个元素：矩阵的每一行对应结果的一个元素，每一列对应输入的一个元素。传入梯度作为行向量乘在左边。",
    },
    ask: "求局部导数",
    asking: "正在求局部导数……",
    failed: "无法求得局部导数。",
  },
  noFurther: "不必再往前传。",
  freesSaved: "它释放了运算为它保存的值：再次反向传播经过这里会出错，retain_graph=True 可以保留这些值。",
  wasEmpty: "原来为空",
  added: "加上",
  nowIs: "现在",
  beforeHook: "钩子之前",
  afterHook: "钩子之后",
  hookLeft: "它没有改变梯度。",
  hookKinds: {
    tensor: "执行了张量上的钩子：",
    prehook: "执行了函数之前的钩子：",
    posthook: "执行了函数之后的钩子：",
    accumulated: "执行了累加之后的钩子：",
  },
  said: {
    joined: (sentences) => tidy(sentences.join("")),
    end: "程序已结束：这里显示最终状态。",
    list: (items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join("、")} 和 ${items.at(-1) ?? ""}`),
    unnamed: "一个没有名字的张量",
    leaf: "叶子",
    ran: (what) => `${what} 已执行。`,
    ranUnknown: "引擎执行了一个没有记录的函数。",
    tensor: (shape) => (shape === "()" ? "标量张量" : `张量 ${shape}`),
    array: (shape) => `NumPy 数组 ${shape}`,
    tensors: (count) => ` ${count} 个张量`,
    tensorCalled: (tensor, names) => `${tensor}（名字是 ${names}）`,
    also: (tensor, names) => `${tensor}（也叫 ${names}）`,
    inModule: (path, call) => `${call} 中的 ${path}`,
    outputOf: (path) => `${path} 的输出`,
    earlier: (call) => `${call} 先前生成的张量`,
    made: (what, tensor) => `${what} 在新内存中生成了${tensor}。`,
    view: (what, tensor, of) =>
      of === null
        ? `${what} 生成了${tensor}，它是视图，没有复制数据。`
        : `${what} 生成了${tensor}，它是 ${of} 内存上的视图，没有复制数据。`,
    same: (what, tensor) => `${what} 返回的就是 ${tensor} 本身，没有生成新张量。`,
    several: {
      new: (what, tensors) => `${what} 在新内存中生成了${tensors}。`,
      view: (what, tensors) => `${what} 生成了${tensors}，它们都是视图，没有复制数据。`,
      same: (what, tensors) => `${what} 给出了${tensors}。`,
    },
    read: (what) => `${what} 已执行，没有生成张量，也没有写入张量。`,
    written: (what, count, target) =>
      `${what} 原地写入了${target === null ? "" : ` ${target} 的内存中的`}${count === null ? "元素" : ` ${count.toLocaleString("zh-CN")} 个元素`}。`,
    relaid: {
      shape: (name, from, to) => `${name} 现在是 ${to}，原来是 ${from}。`,
      strides: (name, from, to) => `${name} 现在以步幅 ${to} 走过它的内存，原来是 ${from}。`,
      memory: (name, from, to) =>
        from === to ? `${name} 现在使用另一块内存。` : `${name} 现在使用另一块内存：是 ${to}，原来是 ${from}。`,
    },
    seen: (names) => `${names} 共享这块内存，都会看到变化。`,
    ticked: (before, after) => `它的版本从 ${before} 变为 ${after}。`,
    cleared: (owner) => `${owner} 被清空，现在是 None。`,
    gradientNow: (owner, value) => `${owner} 现在是 ${value}。`,
    wrote: "这一行绕过自动求导，直接写入了内存。",
    seenBy: (names) => `${names} 会看到变化。`,
    printed: (text, lines) =>
      text === ""
        ? "这一步打印了一个空行。"
        : lines === 1
          ? `这一步打印了 ${text}。`
          : `这一步打印了 ${lines} 行：${text} 等。`,
    wroteError: (text, lines) =>
      text === ""
        ? "这一步向标准错误输出了一个空行。"
        : lines === 1
          ? `这一步向标准错误输出了 ${text}。`
          : `这一步向标准错误输出了 ${lines} 行：${text} 等。`,
    displayed: "这一步显示了图或表。",
    shows: (expression, text, name) => {
      const result = `${spaced(name ?? "单元格")}的结果`;
      return expression === "" || expression === text
        ? `${result}是 ${text}。`
        : `${result}：${expression} 为 ${text}。`;
    },
    place: (line, cell) =>
      `${cell === null ? "" : spaced(typeof cell === "number" ? `单元格 ${cell}` : cell)}第 ${line} 行`,
    raised: (type, place, message) => {
      const raised = place === "" ? `引发了 ${type}` : `${place}引发了 ${type}`;
      return message === "" ? `${raised}。` : `${raised}：${message}。`;
    },
    goesNoFurther: "程序到此停止。",
    refused: (name) => `${spaced(name ?? "这个单元格")}没有执行。`,
    stopped: {
      timeout: (place) => (place === "" ? "程序达到时间上限，被终止。" : `执行到${place}时达到时间上限，程序被终止。`),
      out_of_memory: (place) =>
        place === "" ? "程序达到内存上限，被终止。" : `执行到${place}时达到内存上限，程序被终止。`,
      output_limit: (place) =>
        place === "" ? "程序达到输出上限，被终止。" : `执行到${place}时达到输出上限，程序被终止。`,
      crashed: (place) => (place === "" ? "程序的进程崩溃了。" : `执行到${place}时，程序的进程崩溃了。`),
    },
    nothing: "这一行已执行，没有生成张量，也没有绑定名字。",
    comesTo: (name, statement) => `${name} 执行到 ${statement}。`,
    requiresNow: (name) => `${name} 从现在起要求梯度。`,
    requiresNoMore: (name) => `${name} 不再要求梯度。`,
    called: (name) => `开始调用 ${name}。`,
    argument: (name, tensor) => `参数 ${name} 是${tensor}。`,
    named: (name) => `它的名字是 ${name}。`,
    names: (name, tensor) => `${name} 指向${tensor}。`,
    kind: (name, type) => {
      const known = KINDS[type.replaceAll("`", "")];
      return known === undefined ? `${name} 指向一个 ${type}。` : `${name} 是一个${known}。`;
    },
    definedClass: (name) => `${name} 是一个类。`,
    set: (name, value) => `${name} 是 ${value}。`,
    deleted: (name) => `名字 ${name} 已删除。`,
    gradient: (value) => `梯度 ${value}`,
    all: (value) => `全 ${value}`,
    gradientOfAll: (value) => `全 ${value} 的梯度`,
    gradientOfShape: (shape) => `形状为 ${shape} 的梯度`,
    oneOfShape: (shape) => `形状为 ${shape} 的梯度`,
    passBegins: (what, from, gradient) => `${what} 从 ${from} 开始反向传播，从${gradient}出发。`,
    passDone: (what, count, filled, leaves) =>
      leaves === 0
        ? `${what} 完成：执行了 ${count} 个反向函数。`
        : `${what} 完成：执行了 ${count} 个反向函数，填好了 ${filled}。`,
    returned: (gradients) => `它返回了 ${gradients}。`,
    ranFunction: (name, of) => (of === null ? `引擎执行了 ${name}。` : `引擎执行了 ${name}，即 ${of} 的反向函数。`),
    flowed: (arrived, sent) =>
      sent.length === 0 ? `传入${arrived}，到此为止。` : `传入${arrived}，${sent.join("，")}。`,
    sum: (total, terms) => `${total} = ${terms.join(" + ")}`,
    ways: (count, from, sum) => {
      const ways = from === "" ? `${count} 条路径` : `来自 ${from} 的 ${count} 条路径`;
      return sum === null ? `它是${ways}上传来的梯度之和。` : `${sum}，沿${ways}传来。`;
    },
    summedBack: (name, dims) => `反向传播时，${name} 的梯度沿第 ${dims.join("、")} 维求和。`,
    detached: (from) => `它与 ${from} 共享内存，但梯度不会从它传回去。`,
    hidden: (from) => `它在计算图之外与 ${from} 共享内存：梯度不会传回去，对它的写入自动求导也看不到。`,
    unrecorded: "此时关闭了记录，梯度不会从它传回去。",
    sent: (values, to) => (to === null ? `传出 ${values}` : `传给 ${to} 的是 ${values}`),
    received: (owner) => `${owner} 收到了梯度。`,
    accumulated: (owner, before, added, after) =>
      before === null
        ? `${owner} 原来为空，收到 ${added}。`
        : after === null
          ? `${owner} 原来有梯度，又加上${added}。`
          : `${owner} 原来是 ${before}，加上 ${added}，现在是 ${after}。`,
    hookChanged: (name, before, after) => `钩子 ${name} 把梯度从 ${before} 改成了 ${after}。`,
    hookLeft: (name) => `执行了钩子 ${name}，它没有改变梯度。`,
    hookRan: (name) => `执行了钩子 ${name}。`,
  },
};
