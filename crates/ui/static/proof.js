// After the post of a launch whose cookie was lost: reads the secret that the
// login stored, here or at the platform, and sends it on. Where the reader let
// the frame have its cookies before, they come along.

import { take } from "./browser-storage.js";
import { platformStorage } from "./platform-storage.js";
import { requestStorageAccess, storageAccess } from "./storage-access.js";

const form = document.getElementById("proof");
const { key, storageTarget, storageOrigin } = form.dataset;
const send = (secret, way) => {
  form.elements.secret.value = secret;
  form.elements.way.value = way;
  form.submit();
};

if ((await storageAccess()) === "granted") await requestStorageAccess();
const own = take(key);
if (own) send(own, "storage-handshake");
else send((await platformStorage(storageTarget, storageOrigin)?.get(key)) ?? "", "storage-of-platform");
