"""Which languages there are, which one is spoken, and what the system needs to show it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from editor.language import catalogue, translation

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"
SYSTEM = "system"
"""The choice that follows the system's locale."""


@dataclass(frozen=True, slots=True)
class Language:
    """One that the editor speaks. `name` is its own name for itself; `code` that of its files."""

    code: str
    name: str
    writing: QFontDatabase.WritingSystem
    fonts: str = ""
    """The package of Debian and Ubuntu that brings a font for it, where systems may lack one."""
    families: tuple[str, ...] = ()
    """Fonts that have its letters in its own forms, those of the common systems; the first that is there is used. Left
    to itself a system may take Japanese forms for Chinese."""


ENGLISH = Language("en", "English", QFontDatabase.WritingSystem.Latin)
CHINESE = Language(
    "zh_CN",
    "简体中文",
    QFontDatabase.WritingSystem.SimplifiedChinese,
    "fonts-noto-cjk",
    ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei"),
)
LANGUAGES = (ENGLISH, CHINESE)


def spoken_language(choice: str, system: QLocale | None = None) -> Language:
    """The language that a choice means: a code, or the system's, where that is spoken; else English."""
    for each in LANGUAGES:
        if choice == each.code:
            return each
    locale = system or QLocale.system()
    first = QLocale((*locale.uiLanguages(), locale.name())[0])
    if first.language() == QLocale.Language.Chinese and first.script() != QLocale.Script.TraditionalHanScript:
        return CHINESE
    return ENGLISH


def speak(language: Language, application: QApplication) -> None:
    """Have everything that is shown from now on be in a language: Qt's own texts, the editor's, the pipeline's. Letters
    that the application's font lacks are taken from the language's own fonts.
    """
    font = application.font()
    if [*language.families] != font.families()[1:]:
        # By its own name: an alias such as Sans Serif gives way to the fonts after it.
        font.setFamilies([QFontInfo(font).family(), *language.families])
        application.setFont(font)
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    if language is ENGLISH:
        translation.use({})
        catalogue.use(catalogue.ENGLISH)
        return
    translator = QTranslator(application)
    # Without Qt's own file its few menus and dialogs stay English; nothing else depends on it.
    if translator.load(f"qtbase_{language.code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    translation.use(translation.read_texts(FOLDER / f"{language.code}.ts"))
    catalogue.use(catalogue.read_catalogue(FOLDER / f"{language.code}.toml"))


def lacks_font(language: Language) -> bool:
    """Whether no installed font has the language's letters."""
    return not QFontDatabase.families(language.writing)


def font_advice(language: Language) -> str:
    """What to do where no font has a language's letters. In English, because those letters can't be shown."""
    advice = f"The window speaks English, because no installed font can show {language.name} ({language.code})."
    if language.fonts:
        advice += f" On Debian and Ubuntu: apt-get install {language.fonts}; then start Likeness again."
    return advice
