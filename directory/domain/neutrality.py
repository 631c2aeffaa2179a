"""What is never held, as the words of a column or of a team's name that would say it."""

import re
from collections.abc import Mapping
from functools import lru_cache

_NEVER_HELD: Mapping[str, str] = {
    "case notes": r"notes?|casenotes?|narratives?|chronolog(?:y|ies)|comments?|free_text",
    "allegations": r"allegations?|alleged|concerns?",
    "offences": r"offen[cs]es?|offenders?|offending|convictions?|criminal|crimes?",
    "rent arrears or eviction": r"arrears|evict(?:ed|ions?)?",
    "diagnosis or presenting condition": (
        r"diagnos(?:es|is|ed)|(?:presenting|medical|health|clinical)_\w+|medications?|pregnan(?:t|cy)"
        r"|mental_health|substance_\w+|alcohol|drugs?"
    ),
    "risk": r"risks?",
    "RAG": r"rag",
    "ethnicity": r"ethnic(?:ity|ities)?|race|racial",
    "religion": r"religions?|religious|faiths?",
    "disability": r"disab(?:led|ility|ilities)|sen|send|ehcp",
    "sexual life": r"sexual|sexuality|orientation",
    "attendance": r"attendances?|absences?|truancy",
    "exclusions": r"exclusions?|excluded",
    "photographs": r"photos?|photographs?|portraits?|avatars?",
    "uploads": r"uploads?|attachments?",
    "personal phone numbers": (
        r"(?:personal|home|private|parent|carer|person|pupil|tenant)_"
        r"(?:tele)?(?:phone|mobile)(?:_numbers?)?"
    ),
}
_KINDS = {
    kind: re.compile(f"(?:^|_)(?:{words})(?:_|$)", re.ASCII) for kind, words in _NEVER_HELD.items()
}
_PARTING = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")

# Whole words, so that Sexton Court, Essex Homes and people's own names are taken as they are.
_TELLING = re.compile(
    r"\b(?:eating disorders?|sex|sexual|offenders?|offending|offen[cs]es?|convictions?|criminal"
    r"|crimes?|allegations?|arrears|evictions?|diagnos(?:is|es|tics?)|disab(?:led|ility|ilities)"
    r"|attendance|exclusions?|excluded|truan(?:t|cy)|ethnic(?:ity)?|asylum|immigration|religious"
    r"|substances?|drugs?|alcohol|addictions?|mental|psychiatr(?:y|ic)|dementia|autis(?:m|tic)"
    r"|adhd|hiv|cancer|palliative|(?:domestic )?(?:abuse|violence)|violent|exploitation|gangs"
    r"|terror(?:ism|ist)?|extremism|risk|pregnan(?:t|cy)|self harm|suicide|perpetrators?)\b",
    re.IGNORECASE,
)
_BETWEEN_WORDS = re.compile(r"[\W\d_]+")


def never_held(column: str) -> str:
    """Return what a column of this name would hold that is never held, or an empty string."""
    parted = _PARTING.sub("_", column).lower()
    return next((kind for kind, words in _KINDS.items() if words.search(parted)), "")


@lru_cache(maxsize=4096)
def is_telling(name: str) -> bool:
    """Return whether the name of a team, a role or a line says why people are known to it."""
    return _TELLING.search(_BETWEEN_WORDS.sub(" ", name)) is not None
