// On each page of a session: where the reader let the frame have its cookies,
// the browser wants to be asked again after each step. No question appears.

import { requestStorageAccess, storageAccess } from "./storage-access.js";

if (window.parent !== window && (await storageAccess()) === "granted") await requestStorageAccess();
