"""Phrases that fill the messages of rules, in English."""

from typing import Final

PHRASES: Final = {
    "operand": "tensor {position}",
    "output_of": "the output of {code}",
    "result_in": "the result of {function} in {code}",
    "incoming_gradient": "the incoming gradient {name}",
    "unnamed_gradient": "the incoming gradient",
    "former": "the former {name} ({line})",
    "from_line": "{name} from {line}",
    "earlier": "the earlier {name}",
    "later": "the later {name}",
    "numbered": "{name} (no. {number})",
    "line": "line {line}",
    "cell_line": "cell {cell}, line {line}",
    "titled_line": "{title}, line {line}",
    "somewhere": "an earlier line",
    "not_divisible": "{count} elements cannot be divided by {product}.",
    "not_divisible_rows": "{count} elements cannot be divided by {product}. "
    "Each of the {first} samples has {rest}: `flatten(1)` gives `({first}, {rest})`.",
    "other_count": "{count} elements do not fit {product} places.",
    "compare_extremes": "`torch.maximum(x, y)` and `torch.minimum(x, y)` compare element by element; "
    "`x.max()` is for one tensor.",
    "compare_sorted": "Say what to sort by, such as `key=lambda t: t.sum().item()`, or sort one tensor with `x.sort()`.",
    "compare_membership": "For the same object ask `any(x is item for item in items)`, "
    "for equal values `torch.equal(x, item)`.",
    "outside_range": "a number outside that range",
    "the_mask": "the mask",
    "some_tensor": "a tensor",
    "writers": "Since then these lines have written to it:\n{figure}",
    "unknown_writer": "It was written in place in between.",
    "needed_by_pass": (
        "The backward pass needs {name}, of shape {shape}, as it was at version {expected}. It is at version {version} now."
    ),
    "needed_operand": (
        "The gradient of {code} ({where}{module}) is computed from {name}, of shape {shape}, "
        "as it was at version {expected}. It is at version {version} now."
    ),
    "needed_result": (
        "The gradient of {code} ({where}{module}) is computed from its result {name}, of shape {shape}, "
        "as it was at version {expected}. It is at version {version} now."
    ),
    "needed_own_result": (
        "The gradient of {code} ({where}{module}) is computed from its own result, of shape {shape}, "
        "as it was at version {expected}. It is at version {version} now."
    ),
    "in_module": ", in {path}",
    "written_by": "{code} ({where}) has changed it in place since.",
    "written_by_module": "{path} is a {kind}, which has overwritten it ({code}, {where}).",
    "written_by_hook": "{code} ({where}), in a function given to {hook}, has changed it in place since.",
    "written_by_other": "{code} ({where}) has changed it since: {other} shares the memory of {name}, and its version.",
    "several_views": "{name} is one of the {count} views that {function} ({where}) gave together.",
    "several_views_behind": "{name} is a view of one of the {count} views that {function} ({where}) gave together.",
    "several_views_unknown": "It is, or is a view of, one of several views that were made together, as `unbind` does.",
    "iterating": "iterating over {name}",
    "resize_gradient": "It requires a gradient, and a graph relies on the sizes of its tensors.",
    "resize_memory": "Its memory belongs to something else, such as a NumPy array, and cannot grow.",
    "advice_copy": "Make a new tensor there instead of writing in place, or `clone()` the value before.",
    "advice_inplace_false": "With `inplace=False` the result gets memory of its own.",
    "advice_order": (
        "Run {pass} before {step}, or compute {needing} and all that follows from it anew after {step}, with the new values."
    ),
    "advice_before": "Run {pass} before {step}, or compute anew after {step} what it goes back through.",
    "advice_crossing": (
        "This pass goes back to before {step} through {crossing}. Compute {crossing} anew after {step}, or, "
        "if no gradient has to flow through it, detach it: `.detach()`."
    ),
    "advice_view": (
        "{name} is a view of {base}, and any write to {base}, such as {code}, counts as a write to all of its views. "
        "Compute with a copy, `.clone()`, or collect the parts in a list and join them with `torch.stack`."
    ),
    "busiest": "Line {line} called torch {count} times that are on record: {code}. Look for a loop that does not end.",
    "no_busiest": "Look for a loop that does not end, or make the computation smaller.",
    "slowed": (
        "Recording each step makes a long loop several times as slow until the trace is full: "
        'with only the first rounds of each loop (trace: {{"rounds": 20}}), or without the trace (trace: off), '
        "the program may end in time. {where}"
    ),
    "nan": "NaN (not a number)",
    "infinity": "infinity",
    "why_log": "The logarithm of 0 is minus infinity, that of a negative number NaN.",
    "why_sqrt": "The square root of a negative number is NaN.",
    "why_division": "Dividing by 0 gives infinity, and 0 by 0 NaN.",
    "why_overflow": "The result is larger than its dtype can hold (float32 ends at about 3.4e38, which `exp` passes at 89).",
    "why_domain": "The function is not defined there.",
    "why_too_few": "There are too few elements: the mean of none, and the deviation of one, are NaN.",
    "why_other": "Infinity minus infinity and 0 times infinity give NaN; too large results give infinity.",
    "why_pow": (
        "0 to a negative power is infinite, a fractional power of a negative number is NaN, and large powers overflow."
    ),
    "why_small": "The result is larger than {dtype} can hold, which ends at about {most}.",
    "why_large": "The result is larger than its dtype can hold (float32 ends at about 3.4e38, float16 at 65504).",
    "why_difference": "Infinity minus infinity is NaN.",
    "why_product": "0 times infinity is NaN, and so is infinity minus infinity in a sum.",
    "why_mean_of_none": "The mean of no element is 0/0, which is NaN: check that a target is left to be counted.",
    "why_attention": "A row of its mask that hides every position leaves 0/0, which is NaN.",
    "at_element": " at {index}",
    "at_input": " at {index}, where {name} is {number}",
    "still_in": " {name} has it from here.",
    "slope_sqrt": "The derivative of the square root is 1 / (2√x), which is infinite at 0.",
    "slope_log": "The derivative of the logarithm is 1/x, which is infinite at 0.",
    "slope_division": "The derivatives of a quotient divide by the denominator, and are infinite or NaN where that is 0.",
    "slope_power": "The derivative of xᵖ is p·xᵖ⁻¹, which is infinite at 0 where p is less than 1.",
    "slope_edge": (
        "The function has a vertical tangent at the edge of where it is defined, so its derivative is infinite there."
    ),
    "slope_std": "The derivative of the standard deviation divides by it, and it is 0 where all elements are equal.",
    "slope_origin": "The derivatives of `atan2(y, x)` divide by x² + y², which is 0 at the origin.",
    "slope_norm": "The derivative of a norm divides by the norm, which is 0 for a vector of zeros.",
    "slope_exp": "The derivative of `exp` is its own result, which is infinite here.",
    "slope_product": "The derivative of a product is the other factor, which is not finite here.",
    "slope_softmax": "A row of it is NaN already, and the derivative is computed from the result.",
    "slope_other": "Its derivative is not finite at that point.",
    "gradient_at": ", at {index}",
    "gradient_at_input": ": at {index}, where {name} is {number}, a gradient of {came} arrived",
    "gradient_at_scalar": ": {name} is {number}, and a gradient of {came} arrived",
    "hidden_branch": (
        " `where` (or a mask) took the other value there, so the gradient that arrives is 0; "
        "but both branches are computed, and 0 times infinity is NaN."
    ),
    "cure_shown": "Give the function a harmless number there, before it is called: {code}.",
    "cure_hidden": (
        "Give the function a harmless number there, before it is called: {code} "
        "as its input, and choose the result as before."
    ),
    "cure_away": "Keep its input away from that point: add a small number (`x + 1e-8`), or `x.clamp(min=1e-8)`.",
    "retaining_stale": "`retain_graph=True` does not help: the parameters have been updated since.",
    "retaining_all": "`retain_graph=True` would go back through all earlier rounds again, each time farther.",
    "through_shared": ", from which {root} was computed too",
    "became": ", so it became {got}",
    "size_in_name": "{names} is taken as a size. ",
    "give_name": "Give it a name.",
    "name_or_twin": "Give it a name, or use the method with an underscore, {twin}, which writes into the tensor itself.",
    "change_leaf": ("A leaf that requires a gradient is changed in place, under `torch.no_grad()`: by {twin} or by `-=`."),
    "and_of": ", that of {name}",
    "no_leaf": "A computed tensor is no leaf, so its `.grad` stays None.",
    "new_leaf": "It is a new leaf, and no pass has brought a gradient to its `.grad` yet.",
    "unrequired": "It requires no gradient, so its `.grad` stays None.",
    "classes_first": "If the scores are (classes, samples), transpose them: the classes belong in dimension 1.",
    "check_batch": "Each row needs one label. A `reshape` or `view` before may have taken part of a sample for another one.",
    "first_state": "the initial state",
    "batch_first": "With `batch_first=True` the input is (batch, time, features); the state stays as it is.",
    "batch_second": "Without `batch_first=True` the input is (time, batch, features).",
    "prefixed": (
        "The saved names begin with {prefix}, as those of a model inside another (such as `DataParallel`) do. "
        "Take that off the keys."
    ),
    "other_model": "Build the same model as the one that was saved.",
    "super_missing": "Its `__init__` does not call it: write `super().__init__()` as the first line.",
    "super_late": (
        "It is called too late, or not as `super().__init__()`, in line {line}: that must be the first line of `__init__`."
    ),
    "super_uncalled": "Line {line} names it without calling it: the parentheses are missing.",
    "keys_missing": " It misses {keys}.",
    "keys_unknown": " The model has no {keys}.",
    "super_unbound": "{code} in line {line} has no object to work on: write `super().__init__`.",
    "cut_detach": ("{code} passes the values on without their graph. To train what is before it, remove this step."),
    "cut_indices": (
        "{code} gives indices: integers, which jump from one to the next, so there is no derivative to pass back."
    ),
    "cut_truth": "{code} gives True or False, which have no derivative.",
    "cut_integers": "{code} gives integers, which have no derivative.",
    "cut_numbers": ("{code} is made of plain numbers (`item()`, `tolist()`, `float()`, `numpy()`), which have no graph."),
    "cut_copy": (
        "{code} copies the numbers into a new tensor without their graph. `torch.stack` joins tensors and keeps it."
    ),
    "cut_parameter": "{code} makes a new leaf of the values and leaves their graph behind.",
    "hook_no_gradient_plain": "Set `requires_grad=True` where it is made.",
    "hook_no_gradient_cut": "{code} ({line}) left the graph behind.",
    "hook_no_gradient_off": "{code} ({line}) was not recorded: recording was off (`torch.no_grad()`).",
    "hook_of_shape": " of shape {shape}",
    "advice_new_tensor": "Make a new tensor there.",
    "vmap_no_dimension": "A tensor without dimensions has no parts: exempt it with `None` in `in_dims`.",
    "vmap_other_dimension": "Dimensions count from 0.",
    "transform_dims": "a {dims}-dimensional tensor",
    "transform_elements": "several elements",
    "transform_number": "Make a tensor of it: `torch.tensor(3.)`.",
    "transform_generator": "Make a dict of it: `dict(module.named_parameters())`.",
    "transform_tuple": "Give it a tensor, or a tuple of tensors.",
    "complex_result": "The result",
    "complex_sum": " Its {shape} elements have to become one, as by `.sum()`.",
    "instead_of_files": "The files of a program are in its own folder, which Python lists, reads and writes: "
    "`os.listdir()`, `open(…)`.",
    "instead_of_folders": "`os.chdir(…)` and `os.getcwd()` do the same in Python.",
    "instead_of_downloads": "There is no network here. `tensorpad.data` has small data sets; other data a program makes "
    "itself.",
    "instead_of_scripts": "No other program can be started here. Put its code into a cell.",
    "instead_of_machine": "No other program can be started here. `torch.cuda.is_available()` and `os.cpu_count()` say what "
    "there is.",
    "instead_of_environment": "`os.environ` does the same in Python.",
    "instead_of_a_command": "It would start another program, and none can be started here. Do it in Python.",
    "instead_of_a_magic": "It belongs to IPython, which is not here. Do it in Python.",
}
