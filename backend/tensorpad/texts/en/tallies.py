"""The report of which gates are missed, in English."""

from typing import Final

from tensorpad.texts.catalogue import TallyWords

TALLIES: Final = TallyWords(
    title="Which questions are missed",
    intro="The first answers to the questions of the lessons. What is missed most comes first.",
    few="Fewer than {count} answers yet",
    answer="Answer",
    count="Count",
    share="Share",
    missed="{share} missed ({missed} of {answers})",
    place="{title}, program {cell}, line {line}",
    asks={
        "shape": "What is the shape of `{0}`?",
        "dtype": "What is the dtype of `{0}`?",
        "value": "What is the value of `{0}`?",
        "grad": "What is `{0}.grad`?",
        "shares": "Do `{0}` and `{1}` share memory?",
        "raises": "Does the next statement run, or does it raise an error?",
    },
    right="the right answer",
    other="another wrong answer",
    total="Answers: {answers}. Questions with answers: {gates}, without: {unanswered}.",
    outdated="Answers to questions that have changed since: {count}.",
    nothing="Nobody has answered a question yet.",
    kept="Only these counts are kept: no names, addresses, times or typed texts.",
)
