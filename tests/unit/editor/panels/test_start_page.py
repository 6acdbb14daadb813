"""What was dropped is understood, and nothing is made before everything needed is there."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.panels.start_page import NewProject, StartPage, sorted_drop


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    page = StartPage()
    qtbot.addWidget(page)
    return page


def test_a_film_is_the_plate_and_stills_are_the_face() -> None:
    film, photo, still = Path("a.mov"), Path("b.jpg"), Path("c.png")
    assert sorted_drop([photo, film], None) == (film, [photo])
    assert sorted_drop([photo], None) == (None, [photo])
    assert sorted_drop([still, photo], None) == (still, [photo])
    assert sorted_drop([still, photo], film) == (None, [still, photo])


def test_dropping_a_film_and_a_photo_is_all_it_takes(page: StartPage, media_dir: Path, qtbot: QtBot) -> None:
    assert page.order() is None
    page.put([media_dir / "single_face.mp4"])
    assert page.order() is None
    page.put([media_dir / "single_face.jpg"])
    order = page.order()
    assert order == NewProject(
        media_dir / "single_face.likeness", media_dir / "single_face.mp4", (media_dir / "single_face.jpg",), None
    )
    made: list[NewProject] = []
    page.create_wanted.connect(made.append)
    page.make.click()
    assert made == [order]


def test_a_dropped_project_is_opened(page: StartPage) -> None:
    opened: list[Path] = []
    page.open_wanted.connect(opened.append)
    page.put([Path("shot.likeness")])
    assert opened == [Path("shot.likeness")]


def test_what_is_none_of_these_is_refused_in_words(page: StartPage) -> None:
    told: list[str] = []
    page.refused.connect(told.append)
    page.put([Path("notes.docx")])
    assert "notes.docx" in told[0]


def test_consent_is_taken_with_a_name_and_a_statement_only(page: StartPage, tmp_path: Path) -> None:
    form = page.consent
    form.who.setText("Ada")
    assert form.consent() is None
    form.statement.setPlainText("May be used in this film.")
    consent = form.consent()
    assert consent is not None
    assert (consent.who, consent.scope, consent.statement) == ("Ada", "this project", "May be used in this film.")


def test_a_signed_agreement_is_kept_by_its_hash(page: StartPage, tmp_path: Path) -> None:
    record = tmp_path / "agreement.txt"
    record.write_text("who: Ada\nscope: one film\nYes to this film.")
    page.consent.read(record)
    consent = page.consent.consent()
    assert consent is not None
    assert (consent.who, consent.evidence_name) == ("Ada", "agreement.txt")
    assert len(consent.evidence_sha256) == 64
    told: list[str] = []
    page.consent.refused.connect(told.append)
    page.consent.read(tmp_path / "none.txt")
    assert told
