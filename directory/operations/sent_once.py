"""Answer an act that a programme sends again as it was answered before, and do it once."""

import json

from directory.domain.access import Access, Refused
from directory.domain.extracts import Refusal
from directory.domain.sent_lines import ANSWERS_KEPT, Became, Once, SentAnswer, SentOtherwise
from directory.ledger.work import Work

Answers = tuple[SentAnswer, ...]


def answered_before(work: Work, access: Access, once: Once | None) -> Answers | None:
    """Return what the same act was answered before, if it was within ANSWERS_KEPT.

    Raises SentOtherwise where its key stands for another act.
    """
    if access.programme is None:
        raise Refused
    if once is None:
        return None
    work.sent.forget_answers(access.programme, before=access.at - ANSWERS_KEPT)
    found = work.sent.answer(access.programme, once.key)
    if found is None:
        return None
    body, text = found
    if body != work.sent.body_hash(once.body):
        raise SentOtherwise
    work.remark(words="the same again")
    return _read(text)


def keep_answers(work: Work, access: Access, once: Once | None, answers: Answers) -> None:
    """Keep what an act is answered, for whoever sends it again, and enter how many were taken."""
    taken = sum(each.became is Became.TAKEN for each in answers)
    work.remark(words=f"{taken} of {len(answers)}")
    if once is not None and access.programme is not None:
        body = work.sent.body_hash(once.body)
        work.sent.keep_answer(
            access.programme, once.key, body=body, text=_written(answers), at=access.at
        )


def _written(answers: Answers) -> str:
    rows = [
        [
            each.reference,
            each.became,
            each.revision,
            each.is_new,
            [[fault.column, fault.reason] for fault in each.faults],
        ]
        for each in answers
    ]
    return json.dumps(rows, separators=(",", ":"))


def _read(text: str) -> Answers:
    return tuple(
        SentAnswer(
            reference=reference,
            became=Became(became),
            revision=revision,
            is_new=is_new,
            faults=tuple(
                Refusal(line=0, column=column, reason=reason) for column, reason in faults
            ),
        )
        for reference, became, revision, is_new, faults in json.loads(text)
    )
