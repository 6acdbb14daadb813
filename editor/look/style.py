"""The application's style: Fusion in neutral greys, compact, with a visible focus."""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from editor.look import colours


def apply_style(application: QApplication) -> None:
    """Give the whole application its palette, font and style sheet."""
    application.setStyle("Fusion")
    application.setPalette(_palette())
    font = application.font()
    font.setPixelSize(12)
    application.setFont(font)
    application.setStyleSheet(_sheet())


def figures_font(pixels: int = 12) -> QFont:
    """A font whose digits all have one width: frames, timecode, values. Letters that it lacks come from where the
    application's own font takes them.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    further = QApplication.font().families()[1:]
    if further:
        font.setFamilies([QFontInfo(font).family(), *further])
    font.setPixelSize(pixels)
    return font


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for each, colour in {
        role.Window: colours.WINDOW,
        role.WindowText: colours.TEXT,
        role.Base: colours.FIELD,
        role.AlternateBase: colours.grey(37),
        role.Text: colours.TEXT,
        role.PlaceholderText: colours.TEXT_FAINT,
        role.Button: colours.RAISED,
        role.ButtonText: colours.TEXT,
        role.BrightText: colours.grey(255),
        role.Highlight: colours.ACCENT.darker(150),
        role.HighlightedText: colours.grey(255),
        role.ToolTipBase: colours.grey(30),
        role.ToolTipText: colours.TEXT,
        role.Link: colours.ACCENT,
        role.Light: colours.grey(84),
        role.Midlight: colours.grey(72),
        role.Mid: colours.grey(40),
        role.Dark: colours.grey(30),
        role.Shadow: colours.grey(16),
    }.items():
        palette.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, colours.TEXT_FAINT)
    return palette


def _css(colour: QColor) -> str:
    return colour.name(QColor.NameFormat.HexRgb)


def _sheet() -> str:
    line, raised, hover, field = map(_css, (colours.LINE, colours.RAISED, colours.HOVER, colours.FIELD))
    accent, text, dim, panel = map(_css, (colours.ACCENT, colours.TEXT, colours.TEXT_DIM, colours.PANEL))
    return f"""
    QToolTip {{ border: 1px solid {raised}; padding: 4px; background: {field}; color: {text}; }}
    QMainWindow::separator {{ background: {line}; width: 4px; height: 4px; }}
    QDockWidget {{ color: {dim}; }}
    QDockWidget::title {{ background: {panel}; padding: 0 8px; border-bottom: 1px solid {line}; }}
    QTabBar::tab {{ background: {line}; color: {dim}; padding: 5px 6px; border: none; margin-right: 1px; }}
    QTabBar::tab:selected {{ background: {panel}; color: {text}; }}
    QTabBar::tab:hover {{ color: {text}; }}
    QMenuBar {{ background: {panel}; }}
    QMenuBar::item {{ padding: 5px 9px; background: transparent; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {raised}; }}
    QMenu {{ background: {panel}; border: 1px solid {line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 22px; }}
    QMenu::separator {{ height: 1px; background: {line}; margin: 4px; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 3px; padding: 3px 6px; background: transparent; }}
    QToolButton:hover {{ background: {hover}; }}
    QToolButton:checked {{ background: {raised}; border-color: {hover}; }}
    QToolButton:focus {{ border-color: {accent}; }}
    QToolButton::menu-indicator {{ width: 0; }}
    QPushButton {{ border: 1px solid {line}; border-radius: 3px; padding: 5px 12px; background: {raised}; }}
    QPushButton:hover {{ background: {hover}; }}
    QPushButton:focus {{ border-color: {accent}; }}
    QPushButton:default {{ background: {_css(colours.ACCENT.darker(160))}; }}
    QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {{
        background: {field}; border: 1px solid {line}; border-radius: 3px; padding: 3px 5px;
        selection-background-color: {_css(colours.ACCENT.darker(150))}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{ border-color: {accent}; }}
    QAbstractSpinBox {{ padding-right: 18px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
        subcontrol-origin: border; width: 17px; border: none; background: transparent; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {hover}; }}
    QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow {{ width: 0; height: 0;
        border-left: 4px solid {field}; border-right: 4px solid {field}; }}
    QAbstractSpinBox::up-arrow {{ border-bottom: 4px solid {dim}; }}
    QAbstractSpinBox::down-arrow {{ border-top: 4px solid {dim}; }}
    QComboBox::drop-down {{ border: none; width: 18px; }}
    QComboBox::down-arrow {{ width: 0; height: 0; border-left: 4px solid {panel}; border-right: 4px solid {panel};
        border-top: 5px solid {dim}; margin-right: 6px; }}
    QComboBox QAbstractItemView {{ background: {panel}; border: 1px solid {line}; }}
    QHeaderView::section {{ background: {panel}; color: {dim}; border: none; border-right: 1px solid {line};
        border-bottom: 1px solid {line}; padding: 4px 6px; }}
    QTableView, QListView, QTextBrowser {{ border: none; background: {field}; }}
    QListView::item {{ padding: 4px 6px; }}
    QScrollArea {{ border: none; }}
    QScrollBar:vertical {{ background: {field}; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: {field}; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {raised}; border-radius: 4px; min-width: 24px; min-height: 24px; margin: 1px; }}
    QScrollBar::handle:hover {{ background: {hover}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: none; width: 0; height: 0; }}
    QStatusBar {{ background: {panel}; color: {dim}; }}
    QStatusBar::item {{ border: none; }}
    QProgressBar {{ background: {field}; border: none; border-radius: 2px; text-align: center; color: {text}; }}
    QProgressBar::chunk {{ background: {_css(colours.ACCENT.darker(150))}; border-radius: 2px; }}
    """
