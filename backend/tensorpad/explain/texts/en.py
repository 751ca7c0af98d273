"""Explanations in English. Inline code stands between backticks; `{figure}` is a figure on lines of its own."""

from typing import Final

from tensorpad.explain.texts.catalogue import Catalogue, Message

_SHAPES: Final = {
    "broadcast": Message(
        "These shapes cannot be broadcast",
        "Element by element, shapes are compared from the right. In each column the sizes must be equal, or one "
        "of them 1, or"
        " missing. Column {place} from the right has {left} and {right}:\n{figure}\n"
        "Give one tensor a dimension of size 1 there (`unsqueeze`, `reshape`), or check which of the two has the "
        "wrong size.",
    ),
    "broadcast_in_place": Message(
        "The result does not fit into the tensor",
        "An in-place operation writes its result into {name}, which keeps its shape {shape}. The result has the shape"
        " {result}:\n{figure}\nOnly the other tensor may be stretched. Make a new tensor instead.",
    ),
    "concatenate": Message(
        "The tensors differ in more than the joined dimension",
        "Joining along dimension {dim} puts the tensors end to end there; every other dimension must have one "
        "size. Here one"
        " has {expected} and another {got}:\n{figure}\nJoin along another dimension, or make the sizes equal first.",
    ),
    "concatenate_dimensions": Message(
        "The tensors have different numbers of dimensions",
        "`cat` joins along a dimension that is there already, so all tensors need the same number of dimensions; "
        "here it is"
        " {first} and {second}:\n{figure}\nA row of a matrix is `(1, n)`, not `(n,)`: `unsqueeze(0)` adds that "
        "dimension.",
    ),
    "concatenate_scalars": Message(
        "A tensor without dimensions cannot be joined",
        "`cat` joins along a dimension, and a scalar tensor has none. `stack` makes a new dimension and puts the "
        "tensors next"
        " to each other in it.",
    ),
    "stack": Message(
        "`stack` needs equal shapes",
        "Stacked tensors become the slices of one new tensor, so they must all have the same shape:\n{figure}\n"
        "Use `cat` to put tensors of different lengths end to end, or pad the shorter ones.",
    ),
    "view_of_strided": Message(
        "`view` cannot read these elements in the new order",
        "A view never moves elements. {name} has shape {shape} and strides {stride}; to be read row by row in "
        "one run it would"
        " need the strides {contiguous}. It came from an operation such as `t`, `permute` or slicing, which only "
        "changed the"
        " strides. `reshape` copies the elements where it must; `.contiguous().view(…)` says the same in two words.",
    ),
    "reshape_sizes": Message(
        "The new shape holds another number of elements",
        "{name} is {shape} and is to become {wanted}. {reason} A new shape may arrange elements differently, but "
        "must hold all"
        " of them. One size can be `-1`: torch works that one out.",
    ),
    "reshape_inferred": Message(
        "Only one size can be left open",
        "`-1` stands for the size that follows from the others. With two of them there is more than one answer. "
        "Write out all"
        " sizes but one.",
    ),
    "expand": Message(
        "Only a dimension of size 1 can be expanded",
        "{name} has {size} elements in a dimension that is to have {wanted}. `expand` shows one element many "
        "times without"
        " copying, so it works only from size 1:\n{figure}\n`repeat` copies several elements over and over.",
    ),
    "expand_dimensions": Message(
        "`expand` cannot take dimensions away",
        "{name} is {shape}, so `expand` needs at least {dims} sizes and was given {given}. New dimensions go in "
        "front; `-1`"
        " keeps a size as it is.",
    ),
    "assigned": Message(
        "The value does not fit the part it is assigned to",
        "{part} takes a value of its own shape, or one that can be stretched to it:\n{figure}",
    ),
    "ragged": Message(
        "The rows differ in length",
        "A tensor is a full grid. In dimension {dim} the first list has {expected} elements, another one {got}. "
        "Fill up the"
        " shorter list, or keep the rows in a Python list of tensors.",
    ),
    "linear": Message(
        "The layer expects another number of features",
        "{layer} turns {features} features into {outputs}. Its input is {shape}, whose last dimension has {got}. "
        "Change the"
        " layer's `in_features` to {got}, or the input's last dimension to {features}.",
    ),
    "matrix_product": Message(
        "The inner sizes of the matrix product differ",
        "Rows of {left} meet columns of {right}, so the sizes in the middle must be equal. Here they are {inner_left} and"
        " {inner_right}:\n{figure}\nOften one factor has to be transposed; for a product element by element use `*`.",
    ),
    "batched_product": Message(
        "The batches of the product do not match",
        "The last two dimensions are the matrices; those before them, {left} and {right}, count matrices and must agree"
        " (`@` also stretches a 1, `bmm` does not):\n{figure}",
    ),
    "product_dimensions": Message(
        "This product needs another number of dimensions",
        "{function} takes a tensor of {first} and one of {second} dimensions:\n{figure}\n`@` (`torch.matmul`) "
        "takes vectors,"
        " matrices and batches of them.",
    ),
    "einsum": Message(
        "One letter stands for two sizes",
        "In an `einsum` a letter is one size wherever it stands. {letter} is {first} in one tensor and {second} in"
        " another:\n{figure}",
    ),
    "channels": Message(
        "The convolution expects another number of channels",
        "Its kernels look at {expected} channels. The input is {shape}, with {got} in dimension {dim}. Images are"
        " (batch, channels, height, width): check the order with `permute`, or change `in_channels` to {got}.",
    ),
    "layer_dimensions": Message(
        "The input has the wrong number of dimensions",
        "{function} takes {unbatched} dimensions, or {batched} with a batch in front. The input is {shape}, "
        "which is {dims}."
        " `unsqueeze` adds a dimension of size 1 for a batch or for a single channel.",
    ),
}

_INDICES: Final = {
    "index_out_of_range": Message(
        "The index is beyond the end",
        "{name} is {shape}; dimension {dim} has {size} elements, numbered 0 to {last} (or {lowest} to -1 from the end)."
        " There is no {index}.",
    ),
    "index_into_empty": Message(
        "There is nothing to index",
        "{name} is {shape}: dimension {dim} has no elements, so index {index} cannot be there. Look for the step "
        "that left it"
        " empty.",
    ),
    "embedding_range": Message(
        "An index asks for a row that is not there",
        "The table has {rows} rows, numbered 0 to {last}; {indices} holds a number outside that range. Make the "
        "table larger"
        " (`num_embeddings`), or check how the indices are made.",
    ),
    "target_range": Message(
        "A label is not one of the classes",
        "There are scores for {classes} classes, so labels run from 0 to {last}; {target} holds {label}. Labels "
        "that count"
        " from 1 have to be lowered by one, or the model needs more outputs.",
    ),
    "too_many_indices": Message(
        "More indices than dimensions",
        "{name} is {shape}: it has {dims} dimensions, and each takes one index. {code} gives it more.",
    ),
    "mask_shape": Message(
        "The mask has another shape than the tensor",
        "A boolean mask says yes or no to each element, so it needs the shape of what it selects from (or of its first"
        " dimensions):\n{figure}",
    ),
    "index_shapes": Message(
        "The index tensors do not match each other",
        "Index tensors side by side are read in pairs: first row with first column, and so on. Their shapes must "
        "be equal or"
        " broadcast:\n{figure}\nTo take every row with every column, index in two steps or add a dimension to "
        "one of them.",
    ),
    "index_kind": Message(
        "An index must be whole numbers",
        "{name} is {dtype}. An index says which element, so it has to be integers (`torch.long`) or a boolean mask.",
    ),
    "plain_index_kind": Message(
        "This cannot be an index",
        "A {kind} does not say which element: {code}. Indices are integers, slices, `...`, `None`, or tensors of "
        "integers or"
        " booleans. `int(…)` makes a whole number; `//` divides to one.",
    ),
    "index_of_scalar": Message(
        "A scalar tensor has no elements to choose from",
        "{name} has no dimensions: it is one number. Leave the index out; `.item()` gives the number itself.",
    ),
    "negative_step": Message(
        "Slices cannot go backwards in torch",
        "NumPy and lists allow a step of -1, tensors do not, since their strides are never negative. `flip` reverses a"
        " dimension.",
    ),
    "dimension": Message(
        "There is no such dimension",
        "{function} was told dimension {got}. {name} is {shape}, so dimensions go from {low} to {high} here; "
        "negative ones"
        " count from the end.",
    ),
    "permute": Message(
        "`permute` needs every dimension once",
        "{name} is {shape}, with {dims} dimensions. The new order has to name each of {all} exactly once.",
    ),
    "transpose": Message(
        "`t()` is for matrices",
        "{name} is {shape}, with {dims} dimensions. Say which two to swap with `transpose(a, b)`; `.mT` swaps the last two.",
    ),
}

_DTYPES: Final = {
    "product_dtype": Message(
        "The factors have different dtypes",
        "{left} is {left_dtype} and {right} is {right_dtype}. Element by element torch would convert one of "
        "them; a matrix"
        " product or layer does not. Convert one side first. NumPy arrays and `torch.arange` are frequent sources.",
    ),
    "target_dtype": Message(
        "Class labels must be integers of 64 bits",
        "{name} is {dtype}. A target of one number for each sample names a class, so it has to be `torch.long`. "
        "(Targets that"
        " are probabilities have the shape of the scores.)",
    ),
    "cast_in_place": Message(
        "The tensor cannot hold the result",
        "The result is {result}, but in place it would have to go into {name}, which stays {dtype}. Nothing is rounded"
        " silently. Make a new tensor, or start from floats.",
    ),
    "gradient_of_integers": Message(
        "Integers cannot have a gradient",
        "A derivative asks what a tiny change does, and {dtype} has no tiny changes. Only floating-point (and "
        "complex) tensors"
        " can require gradients. `1.` instead of `1`, or `dtype=torch.float32`, makes floats.",
    ),
    "integers": Message(
        "This function needs floats",
        "{function} does not work with {dtype}, which {name} has: its result would hardly ever be a whole number. Convert"
        " first, with `.float()`.",
    ),
    "booleans": Message(
        "`-` is not defined for booleans",
        "A mask is true or false, and torch does not guess whether minus means not or subtract. `~mask` turns it "
        "round, `a ^ b`"
        " is where two masks differ, `.int()` makes numbers.",
    ),
    "mask_dtype": Message(
        "A condition must be booleans",
        "{name} is {dtype}. A condition says yes or no for each element: a comparison such as `x > 0` gives one, "
        "and `.bool()`"
        " turns every number but 0 into yes.",
    ),
    "loss_dtype": Message(
        "Prediction and target have different dtypes",
        "The loss found {got} where it expected {expected}. Convert the target to the dtype of the prediction.",
    ),
    "strings": Message(
        "A tensor holds numbers only",
        "Text (or objects) cannot be elements of a tensor. Turn it into numbers first, such as a class number "
        "for each word.",
    ),
    "no_number": Message(
        "One of the values is no number",
        "torch cannot tell what dtype {kind} should become. A function that forgets its `return` gives `None`; "
        "that is the"
        " usual cause.",
    ),
}

_AUTOGRAD: Final = {
    "backward_not_scalar": Message(
        "`backward()` starts from one number",
        "{name} has the shape {shape}. A gradient is the derivative of one number; for several, torch would not "
        "know how much"
        " each counts. Make it one with `sum()` or `mean()`, or say the weights: `backward(gradient=…)`.",
    ),
    "no_graph": Message(
        "There is no graph to go back through",
        "{name} does not require a gradient. {reason}",
    ),
    "backward_twice": Message(
        "This graph has been used up",
        "A backward pass frees what the graph had kept, and {where} has done so already for a part of the graph "
        "of {name}. Pass"
        " `retain_graph=True` to the first pass, or compute the value anew before each pass (in a loop that is "
        "nearly always"
        " what is meant).",
    ),
    "unused": Message(
        "The output does not depend on this tensor",
        "{name} was never used on the way to the output, so there is no gradient. Perhaps a copy of it was used.",
    ),
    "gradient_shape": Message(
        "The given gradient has the wrong shape",
        "`gradient` says how much each element of the output counts, so it has the output's shape {wanted}, not {given}.",
    ),
    "requires_grad_flag": Message(
        "Only leaves can be switched",
        "{name} was computed from tensors that require gradients, so it requires one too. `detach()` gives the "
        "same values"
        " outside of the graph.",
    ),
    "inference": Message(
        "A tensor from inference mode cannot enter a graph",
        "What is made under `torch.inference_mode()` has no version counter and can never be part of autograd. Use"
        " `torch.no_grad()` there, or take a `clone()` outside.",
    ),
    "optimised": Message(
        "An optimiser changes leaves only",
        "{name} was computed from other tensors. Give the optimiser those that it was computed from, or begin a "
        "new leaf with"
        " `x.detach().requires_grad_()`. (`.to(…)`, `* 0.1` and the like after `requires_grad=True` make "
        "computed tensors.)",
    ),
    "parameters": Message(
        "The optimiser takes a list of tensors",
        "Even a single tensor goes into a list: `[w]`. A model gives its own with `model.parameters()`.",
    ),
    "no_parameters": Message(
        "There is nothing to optimise",
        "The list of parameters is empty. Layers kept in a Python list are not seen (use `nn.ModuleList`), and "
        "an iterator such"
        " as `model.parameters()` can be used up only once.",
    ),
    "deep_copy": Message(
        "A computed tensor cannot be deep-copied",
        "{name} hangs on its graph, which cannot be copied with it. `detach().clone()` copies the values alone.",
    ),
    "gradient_not_kept": Message(
        "The gradient of a computed tensor is not kept",
        "{name} is not a leaf: its gradient is passed on and then let go, so `.grad` is `None`. `retain_grad()` "
        "before the"
        " backward pass keeps it.",
    ),
    "gradient_not_required": Message(
        "`.grad` is None: no gradient was asked for",
        "{name} does not require a gradient, so no pass writes one. Set `requires_grad=True` where it is made.",
    ),
    "gradient_before_backward": Message(
        "`.grad` is None: no gradient has arrived",
        "`.grad` of {name} is empty until a backward pass reaches it. Call `backward()` first; the loss must depend on it.",
    ),
    "leaf_in_place": Message(
        "A leaf that requires a gradient cannot be written in place",
        "{name} is where gradients end. Writing over it would leave its graph without a beginning. To update a "
        "parameter, write"
        " under `torch.no_grad()`; to compute with it, make a new tensor.",
    ),
    "leaf_view_in_place": Message(
        "A part of a leaf cannot be written in place",
        "{code} writes into the memory of {name}, a leaf that requires a gradient. To set its values, write under"
        " `torch.no_grad()`; to compute with it, `clone()` first.",
    ),
    "one_of_several_views": Message(
        "This view cannot be written in place",
        "{name} is one of the views that {function} gave together, and autograd cannot follow a write into one "
        "of several."
        " Make a new tensor instead.",
    ),
    "stretched_in_place": Message(
        "Several elements are one and the same",
        "{name} is {shape} with strides {stride}: a stride of 0 shows one number many times. A write would hit "
        "the same memory"
        " repeatedly. `clone()` gives each element memory of its own.",
    ),
    "needed_value": Message(
        "A value that the backward pass needs was overwritten",
        "To find the gradient, torch kept {name} {shape} as it was at version {expected}. It is at version {version} now."
        " {history}\nMake a new tensor there instead of writing in place, or `clone()` the value before.",
    ),
}

_CONVERSIONS: Final = {
    "item": Message(
        "`item()` is for one number",
        "{name} is {shape}, which is {count} elements. Choose one (`x[0]`), reduce them (`x.sum()`), or take "
        "them all with"
        " `tolist()`.",
    ),
    "python_number": Message(
        "Several elements cannot become one Python number",
        "{code} needs one number, and {name} is {shape}. Choose or reduce first. Functions of `math` take single "
        "numbers; torch"
        " has its own, such as `torch.sqrt`, for whole tensors.",
    ),
    "truth": Message(
        "Yes or no? A tensor of several elements has no single answer",
        "{code} makes Python ask whether {name}, of shape {shape}, is true. Say what you mean: `.any()`, "
        "`.all()`, or `&` and"
        " `|` with brackets instead of `and` and `or`, which also holds for `0 < x < 2`.",
    ),
    "truth_of_empty": Message(
        "An empty tensor is neither true nor false",
        "{code} makes Python ask whether {name}, of shape {shape}, is true. Ask for `x.numel() > 0` if you want "
        "to know whether"
        " there is anything in it.",
    ),
    "loss_constructed": Message(
        "The loss has to be made before it is called",
        "{code} makes a loss and takes the tensors for its settings. Make it first, then call it: "
        "`nn.MSELoss()(prediction,"
        " target)`.",
    ),
    "length": Message(
        "A scalar tensor has no length",
        "{name} has no dimensions: it is one number. `numel()` counts elements (here 1), `dim()` dimensions (here 0).",
    ),
    "iteration": Message(
        "A scalar tensor cannot be looped over",
        "{code} asks for the elements of {name}, which has no dimensions. `range(x.item())` counts up to it; "
        "`x.reshape(1)`"
        " makes it a list of one.",
    ),
    "numpy_of_gradient": Message(
        "NumPy does not know gradients",
        "{name} requires a gradient, and what NumPy does to the array would be lost to autograd. `detach()` says "
        "that this is"
        " meant.",
    ),
    "numpy_of_device": Message(
        "NumPy can read the memory of the CPU only",
        "{name} is on {device}. Copy it with `.cpu()` first. (On `meta` there are no values at all.)",
    ),
    "devices": Message(
        "The tensors are on different devices",
        "{left} is on {left_device} and {right} on {right_device}. An operation works in one place: move one of them with"
        " `.to(…)`. A model and its data need the same device.",
    ),
    "no_cuda": Message(
        "There is no CUDA here",
        "This program runs on a machine without a CUDA device. Choose the device at run time, and it works with "
        "and without.",
    ),
    "device_name": Message(
        "torch has no device of this name",
        "{name} is no device. The usual ones are `cpu` and `cuda` (or `cuda:0`, the first of several).",
    ),
    "from_numpy": Message(
        "`from_numpy` takes an array",
        "It shares the memory of a NumPy array, and was given a {kind}. `torch.tensor` copies numbers from any list.",
    ),
    "negative_strides": Message(
        "torch cannot read an array backwards",
        "A slice such as `[::-1]` steps backwards through the array's memory, which tensors cannot. `.copy()` "
        "puts the elements"
        " into the new order first.",
    ),
}

_NAMES: Final = {
    "missing_import": Message(
        "An import is missing",
        "{name} is usually a module. Each program begins without any: {code} makes it known.",
    ),
    "name_of_torch": Message(
        "This name belongs to torch",
        "{name} is not known by itself. Its full name is {full}.",
    ),
    "misspelt_name": Message(
        "No such name; is this a slip?",
        "{name} was never given a value. {guess} is there, and looks alike. Upper and lower case matter.",
    ),
    "unknown_name": Message(
        "No such name",
        "{name} has no value yet. Check the spelling, and whether the line or cell that sets it ran before this one.",
    ),
    "unbound": Message(
        "A local name is used before it has a value",
        "Because the function assigns {name} somewhere, it is local in all of it. Here it has no value yet: give "
        "it one first,"
        " or pass it in as an argument.",
    ),
    "misspelt_attribute": Message(
        "No such attribute; is this a slip?",
        "{owner} has no {attribute}. It has {guess}, which looks alike.",
    ),
    "no_attribute": Message(
        "No such attribute",
        "{kind} has no {attribute}. Check the spelling, and whether the value is of the kind that you think.",
    ),
    "none_value": Message(
        "There is None where a value should be",
        "{name} is `None`, which has no {attribute}. Functions without `return` give `None`, and so do some "
        "methods that only"
        " change their object.",
    ),
    "not_of_tensors": Message(
        "Tensors do this in another way",
        "{attribute} is for NumPy arrays or lists. With tensors it is {instead}.",
    ),
    "only_of_tensors": Message(
        "Only tensors can do this",
        "{attribute} belongs to tensors, and this is a {kind}. `torch.tensor(…)` makes one of numbers, "
        "`torch.from_numpy` of an"
        " array.",
    ),
    "import_name": Message(
        "The module does not have this name",
        "{module} has no {name}. Check the spelling and the case.",
    ),
    "missing_module": Message(
        "This module is not installed here",
        "{name} cannot be imported. Here are torch, torchviz, NumPy and Python's own library; nothing can be installed.",
    ),
    "not_callable": Message(
        "This is a value, not a function",
        "{code} calls a {kind}. Leave the parentheses out: `x.shape`, `x.dtype` and `x.grad` are values.",
    ),
    "not_subscriptable": Message(
        "A method takes parentheses",
        "{code} puts brackets behind a method. It is `x.size(0)`, or `x.shape[0]`.",
    ),
    "character": Message(
        "A character that Python does not know",
        "{character} cannot stand in a program, except in text and comments. It was probably typed with a "
        "full-width input"
        " method; Python's own is {plain}.",
    ),
    "unclosed": Message(
        "A bracket is never closed",
        "{bracket} is opened here and has no partner. Lines after it are read as part of it, so the fault may look to be"
        " further down.",
    ),
    "colon": Message(
        "A colon is missing", "Lines that begin with `if`, `for`, `while`, `def`, `class` or `with` end with `:`."
    ),
    "equals": Message(
        "One equals sign where two are meant", "`=` gives a name a value; `==` asks whether two values are equal."
    ),
}

_RESOURCES: Final = {
    "allocation": Message(
        "There is not enough memory for this tensor",
        "{code} asked for {size} at once. Multiply the sizes of its shape (times 4 bytes for each float32) to see why; a"
        " broadcast can make a large result from small tensors.",
    ),
    "overflow": Message(
        "No memory could hold this shape",
        "{code} multiplies to more elements than can be counted. One of the sizes is not what was meant.",
    ),
    "memory": Message(
        "The program used up its memory",
        "All tensors that a name or a graph still holds stay in memory. Typical causes are a list that collects "
        "losses with"
        " their graphs (collect `loss.item()`), and a broadcast to a huge shape.",
    ),
    "time": Message("The program ran out of time", "It was still at work when its time was up. {where}"),
    "recursion": Message(
        "The function never stops calling itself",
        "{code} was entered over and over. A recursion needs a case in which it does not call itself, and has to "
        "come nearer to"
        " it with each call.",
    ),
}

_SURPRISES: Final = {
    "non_leaf_gradient": Message(
        "`.grad` of {name} is None",
        "{name} is not a leaf: it was computed. Its gradient did pass through, but is kept for leaves only. "
        "`retain_grad()`"
        " before the backward pass keeps it too.",
    ),
    "accumulated": Message(
        "Gradients have been added up",
        "{count} backward passes reached {name}, and each one adds to `.grad`. If they were meant one by one, clear it in"
        " between: `x.grad = None` or `optimizer.zero_grad()`.",
    ),
    "cut_off": Message(
        "{name} has lost its gradient",
        "{source} requires a gradient, but {code} was computed with recording off (`torch.no_grad()`), so no "
        "gradient will flow"
        " back through {name}.",
    ),
    "written_detached": Message(
        "Autograd has not seen this write",
        "{cut} shares the memory of {name} but not its graph, so {code} changed {name} unnoticed. A gradient "
        "that needs the old"
        " value may be wrong without an error. Prefer `torch.no_grad()`, or `clone()`.",
    ),
    "uninitialised": Message(
        "The values of {name} are left over",
        "{code} takes memory and writes nothing to it: its values are whatever was there, and differ from run to "
        "run. Fill it"
        " before use, or take `zeros`.",
    ),
    "constructor": Message(
        "`torch.Tensor` with sizes gives an empty shell",
        "{code} makes a tensor of shape {shape} with arbitrary values, not a tensor of those numbers. "
        "`torch.tensor`, in lower"
        " case, takes values: {instead}.",
    ),
    "changed_view": Message(
        "One write, several names",
        "{code} wrote through {name}, and changed {others} too: they are views of the same memory. `clone()` "
        "gives one its own.",
    ),
    "shared_array": Message(
        "The tensor and the array are one memory",
        "{name} and the NumPy array {array} share their elements, so a write to one showed in the other. "
        "`.clone()` or `.copy()`"
        " parts them.",
    ),
    "copied": Message(
        "{function} made a copy this time",
        "{source} has strides {stride}, which the new shape cannot be read with, so {code} copied. The write "
        "{write} therefore"
        " reaches only one of the two. `view` never copies: it fails instead.",
    ),
    "not_finite": Message(
        "{value} appears here first",
        "All inputs of {code} were finite, and its result has {value}. {reason} From here it spreads through "
        "everything that is"
        " computed from it.",
    ),
    "mixed_precision": Message(
        "float32 and float64 met",
        "{single} is float32 and {double} is float64, so {code} was computed in float64: twice the memory, and a "
        "matrix product"
        " would refuse. NumPy makes float64 by default.",
    ),
    "integer_division": Message(
        "Dividing integers gave floats",
        "{code} divides {dtype}, and `/` always divides exactly, so the result is {result}. `//` stays with integers.",
    ),
    "floor_division": Message(
        "`//` rounds down",
        "{code} divides {dtype} and rounds towards minus infinity: `-7 // 2` is `-4`, and remainders are gone. `/` keeps"
        " fractions.",
    ),
    "outer_broadcast": Message(
        "Two vectors became a matrix",
        "A row of {count} and a column of {count} were both stretched in {code}, each to a matrix:\n{figure}\nIf "
        "they were to"
        " be taken element by element, give them one shape first. In a loss this mistake is hard to see.",
    ),
    "stretched_write": Message(
        "The written value was stretched",
        "In {code}, {other} is smaller than {name} and was repeated to fit:\n{figure}",
    ),
    "unseeded": Message(
        "The random numbers differ in each run",
        "{code} draws random numbers and no seed was set. `torch.manual_seed(0)` makes a run repeatable.",
    ),
    "tensor_of_tensor": Message(
        "A tensor made from a tensor",
        "`torch.tensor` of a tensor copies its values and cuts it off from its graph. Say so in words: "
        "`x.detach().clone()`; or"
        " `x.clone()`, to stay in the graph.",
    ),
    "loss_broadcast": Message(
        "The loss compares different shapes",
        "The prediction is {input} and the target {target}. One was stretched, so every prediction may have been "
        "compared with"
        " every target. Give both the same shape.",
    ),
}

CATALOGUE: Final = Catalogue(
    messages={
        **_SHAPES,
        **_INDICES,
        **_DTYPES,
        **_AUTOGRAD,
        **_CONVERSIONS,
        **_NAMES,
        **_RESOURCES,
        **_SURPRISES,
    },
    fixes={
        "out_of_place": "Make a new tensor: {code}",
        "no_grad": "Write it under {code}",
        "join_along": "Join along the dimension in which they differ: {argument}",
        "new_dimension": "Add a dimension of size 1: {code}",
        "stack": "Use `stack`",
        "reshape": "Use `reshape`",
        "infer": "Let torch work out the last size ({size})",
        "transpose": "Transpose {name}: {code}",
        "matmul": "Use `matmul`",
        "to_dtype": "Convert {name}: {code}",
        "to_long": "Convert {name} to integers: {code}",
        "to_bool": "Convert {name} to booleans: {code}",
        "to_float": "Convert to floats first",
        "to_float32": "Convert {name} to float32: {code}",
        "as_floats": "Make floats: {argument}",
        "invert": "Use `~`",
        "item": "Use `.item()`",
        "flip": "Use `.flip(0)`",
        "matrix_transpose": "Use `.mT`",
        "sum": "Sum up first",
        "require": "Let {name} require a gradient: {argument}",
        "retain_graph": "Keep the graph in the first pass: {argument}",
        "allow_unused": "Allow it, and get `None`: {argument}",
        "detach_instead": "Detach it: {code}",
        "no_grad_mode": "Use `no_grad`",
        "in_list": "Put it into a list: {code}",
        "clone_instead": "Copy the values: {code}",
        "retain_grad": "Keep the gradient of {name}: {code}",
        "clone": "Copy it with `.clone()`",
        "tolist": "Use `.tolist()`",
        "detach": "Detach first: `.detach()`",
        "cpu": "Copy to the CPU first: `.cpu()`",
        "to_device": "Move {name}: {code}",
        "choose_device": "Take CUDA where there is one",
        "from_list": "Use `torch.tensor`",
        "copy_array": "Copy the array: `.copy()`",
        "construct_first": "Make the loss first, then call it",
        "import": "Insert {code}",
        "qualify": "Write {code}",
        "rename": "Write {guess} instead of {name}",
        "no_call": "Leave the parentheses out",
        "use_shape": "Use `shape`",
        "plain_character": "Use the plain characters",
        "colon": "Insert `:`",
        "compare": "Write `==`",
        "zeros": "Start from zeros",
        "lower_tensor": "Write {code}",
        "squeeze": "Take the column's dimension of size 1 away: {code}",
        "seed": "Set a seed: {code}",
        "clear_gradient": "Clear the gradient before the second pass: {code}",
    },
    phrases={
        "operand": "tensor {position}",
        "line": "line {line}",
        "cell_line": "cell {cell}, line {line}",
        "somewhere": "an earlier line",
        "not_divisible": "{count} elements cannot be divided by {product} = {known}.",
        "other_count": "{count} elements cannot fill {product} = {known} places.",
        "cut_by": "It came through {code} ({line}), which hands on the values and leaves the graph behind.",
        "unrecorded": "It comes from {name}, which does require one, but {code} ({line}) was not recorded: recording was off"
        " (`torch.no_grad()`), or the function has no derivative.",
        "nothing_requires": "None of the tensors that it was computed from requires one. Set `requires_grad=True` on those"
        " that you want a derivative for.",
        "some_tensor": "a tensor",
        "writers": "Since then it was written here:\n{figure}",
        "unknown_writer": "It was written in place in between.",
        "busiest": "Line {line} called torch {count} times that are on record: {code}. Look for a loop that does not end.",
        "no_busiest": "Look for a loop that does not end, or make the computation smaller.",
        "nan": "NaN (not a number)",
        "infinity": "infinity",
        "why_log": "The logarithm of 0 is minus infinity, that of a negative number NaN.",
        "why_sqrt": "The square root of a negative number is NaN.",
        "why_division": "Dividing by 0 gives infinity, and 0 by 0 NaN.",
        "why_overflow": "The result is larger than its dtype can hold (float32 ends at about 3.4e38, which `exp` passes"
        " at 89).",
        "why_domain": "The function is not defined there.",
        "why_too_few": "There are too few elements: the mean of none, and the deviation of one, are NaN.",
        "why_other": "Infinity minus infinity and 0 times infinity give NaN; too large results give infinity.",
    },
    joint=", ",
)
