"""Losses of class labels, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "class_weight_dtype": Message(
        "The class weights have another dtype than the scores",
        "{weight} is {weight_dtype} and {scores} is {dtype}. The loss multiplies the two and does not convert. "
        "NumPy's floats are 64 bits wide: convert the weights. The labels are right as they are.",
    ),
    "class_weight_size": Message(
        "Each class needs one weight",
        "There are scores for {classes} classes, and {weight} is {shape}. The weights must have shape `({classes},)`.",
    ),
    "loss_arguments_swapped": Message(
        "Scores and labels are swapped",
        "{function} takes the scores first, then the labels. Here {first} comes first, which is {first_dtype}, "
        "and {second} second, which is {second_dtype}.",
    ),
    "class_target_column": Message(
        "Class labels are a list, not a column",
        "For scores of shape {shape} the labels must have shape {wanted}: one number for each sample. {labels} is "
        "{label_shape}, a column.",
    ),
    "class_target_shape": Message(
        "Class labels are one number for each sample",
        "{scores} is {shape}, so the labels must have shape {wanted}. {labels} is {label_shape}. (Targets that "
        "are probabilities have the shape of the scores.)",
    ),
    "class_scores_vector": Message(
        "The scores have no batch dimension",
        "{scores} is {shape}: the scores of one sample for {classes} classes. {labels} is {label_shape}, which is "
        "{count} labels. For several samples the scores are (batch, classes), with a row for each label; for one "
        "sample the label is a single number without dimensions.",
    ),
    "one_hot_integers": Message(
        "Targets in one-hot form must be floats",
        "{labels} is {shape}, the shape of the scores, so its numbers are taken as probabilities of the classes. "
        "But it is {dtype}. Convert it to floats, or give the number of each class instead.",
    ),
    "class_batch": Message(
        "Scores and labels count different numbers of samples",
        "{scores} has {samples} rows and {labels} has {count} labels:\n{figure}\n{reason}",
    ),
    "class_dimension": Message(
        "Classes belong in dimension 1 of the scores",
        "{scores} is {shape}: dimension 1 is taken as {classes} classes, and the other dimensions are places that "
        "have one label each. So the labels must have shape {wanted}; {labels} is {label_shape}. If the classes "
        "come last, move them to dimension 1.",
    ),
    "target_dtype": Message(
        "Class labels must be integers of 64 bits",
        "{name} is {dtype}. A target of one number for each sample names a class, so it has to be `torch.long`. "
        "(Targets that are probabilities have the shape of the scores.)",
    ),
}
