// Whether this frame may have its cookies after all (Storage Access API).

/** `granted`, `prompt`, or `denied` where asking is of no use. */
export async function storageAccess() {
  if (window.parent === window || typeof document.requestStorageAccess !== "function") return "denied";
  try {
    const { state } = await navigator.permissions.query({ name: "storage-access" });
    return state;
  } catch {
    // the browser has the one, but does not tell the other
    return "prompt";
  }
}

/** Asks for it, true when given; needs a tap unless it was granted before. */
export async function requestStorageAccess() {
  try {
    await document.requestStorageAccess();
    return true;
  } catch {
    return false;
  }
}
