// The round mark on a photo that says it is selected, and selects it. Its parent is `selectable`, and
// `selecting` is what shows photos while some are selected. One element for all: thousands of them
// come and go as one scrolls.
import './selectionMark.css';

export const selectionMark = <span className="selection-mark" data-check="" aria-hidden="true" />;
