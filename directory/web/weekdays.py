"""The days of the week on which somebody works, in words."""

from collections.abc import Collection, Mapping

from directory.domain.availability import Weekday

WEEKDAY_NAMES: Mapping[Weekday, str] = {
    Weekday.MONDAY: "Monday",
    Weekday.TUESDAY: "Tuesday",
    Weekday.WEDNESDAY: "Wednesday",
    Weekday.THURSDAY: "Thursday",
    Weekday.FRIDAY: "Friday",
    Weekday.SATURDAY: "Saturday",
    Weekday.SUNDAY: "Sunday",
}
_SPAN = 3  # so many days in a row are told as from the first to the last


def works_words(weekdays: Collection[Weekday]) -> str:
    """Return the days in words, "Monday to Wednesday and Friday"; "" where nobody said."""
    spans: list[list[Weekday]] = []
    for each in sorted(weekdays):
        if spans and spans[-1][-1] == each - 1:
            spans[-1].append(each)
        else:
            spans.append([each])
    words = [word for span in spans for word in _span(span)]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _span(span: list[Weekday]) -> list[str]:
    if len(span) >= _SPAN:
        return [f"{WEEKDAY_NAMES[span[0]]} to {WEEKDAY_NAMES[span[-1]]}"]
    return [WEEKDAY_NAMES[each] for each in span]
