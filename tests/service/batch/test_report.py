"""The page about a scored file."""

from collections import Counter

from service.batch.report import Names, page, periods, summarise

NAMES = Names("text", "date", "source", "")


def row(text: str, stance: str, date: object, source: str | None = "wire", share: float = 0.9) -> dict[str, object]:
    return {"text": text, "stance": stance, stance: share, "date": date, "source": source}


def test_rows_are_counted_by_date_and_source() -> None:
    rows = [row("a", "deny", "2024-01-02"), row("b", "deny", "2024-01-02T10:00"), row("c", "support", "soon", None)]
    found = summarise(rows, NAMES)
    assert found.dates == {"2024-01-02": {"deny": 2}}
    assert found.undated == 1
    assert found.sources == {"wire": {"deny": 2}, "(none)": {"support": 1}}


def test_examples_are_the_most_probable() -> None:
    rows = [row(f"text {number}", "deny", 2024, share=number / 100) for number in range(50)]
    said = page("t", summarise(rows, NAMES), NAMES)
    assert "text 49" in said
    assert "text 44" not in said


def test_texts_are_escaped() -> None:
    said = page("t", summarise([row("<script>x</script>", "deny", 2024, "<b>")], NAMES), NAMES)
    assert "<script" not in said
    assert "<b>" not in said


def test_many_days_become_months() -> None:
    dates = {f"2024-{month:02}-{day:02}": Counter(deny=1) for month in range(1, 13) for day in range(1, 29)}
    found = periods(dates)
    assert [name for name, _ in found][:2] == ["2024-01", "2024-02"]
    assert found[0][1] == {"deny": 28}
