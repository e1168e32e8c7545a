/** May there be a webcam here? Browsers show theirs to secure pages only. */
export const mayHaveCamera = () => Boolean(navigator.mediaDevices?.getUserMedia)
