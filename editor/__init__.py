"""The editor: the Qt application. Of `pipeline` it imports the document, the messages, the client and the errors."""

from editor.qt_references import keep_singletons

# Before the first Qt call, whichever of the editor's modules is imported first.
keep_singletons()
