// Browsers that Chromium is not: a proxy before the service that forgets cookies of frames, as browsers without
// partitioned cookies do, and the reader's answer to "may this page use its cookies?".

import { createServer, request as send } from 'node:http';
import { after, before } from 'node:test';
import { freePort, startDemo } from './product.mjs';

/** In frames no cookie of ours is kept, whatever is asked for; storage is. */
export const KEEPS_STORAGE = (headers) => headers['sec-fetch-dest'] === 'iframe' || isOfFrame(headers);

/** In frames cookies are kept only while storage access is active, which every step through another site ends. */
export const KEEPS_WHAT_IS_ALLOWED = (headers) =>
  headers['sec-fetch-dest'] === 'iframe' && headers['sec-fetch-storage-access'] !== 'active';

/**
 * A demo behind a proxy that drops the cookies of requests whose headers `forgets` picks, for the tests of the
 * `describe` block in which this is called; as `useDemo`.
 */
export function useForgetfulDemo(forgets) {
  const demo = {};
  let started;
  let proxy;
  before(async () => {
    const [front, behind] = [await freePort(), await freePort()];
    const service = `http://localhost:${front}`;
    proxy = createServer((incoming, outgoing) => forward(incoming, outgoing, behind, forgets(incoming.headers)));
    await new Promise((done) => proxy.listen(front, '127.0.0.1', done));
    started = await startDemo({ port: behind, env: { TAYNGHE_PUBLIC_URL: service } });
    Object.assign(demo, started, { service });
  });
  after(async () => {
    proxy?.close();
    proxy?.closeAllConnections();
    await started?.stop();
  });
  return demo;
}

/** Answers for the reader when the service asks in a frame for its cookies: `granted`, or `denied`. */
export async function answerStorageAccess(page, demo, setting) {
  const own = await page.context().newCDPSession(page);
  const { targetInfo } = await own.send('Target.getTargetInfo');
  // The answer is gone with the connection that gave it: it stays open as long as the browser.
  const browser = await page.context().browser().newBrowserCDPSession();
  await browser.send('Browser.setPermission', {
    permission: { name: 'storage-access' },
    setting,
    origin: new URL(demo.open).origin,
    embeddedOrigin: demo.service,
    browserContextId: targetInfo.browserContextId,
  });
}

// Requests of scripts in a frame look like those of any page; in these stories only frames have any before a session.
function isOfFrame(headers) {
  return headers['sec-fetch-dest'] === 'empty' && (headers.referer ?? '').includes('/lti/');
}

function forward(incoming, outgoing, port, forgets) {
  const headers = { ...incoming.headers };
  if (forgets) delete headers.cookie;
  const { method, url } = incoming;
  const behind = send({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    const back = { ...answer.headers };
    if (forgets) delete back['set-cookie'];
    outgoing.writeHead(answer.statusCode, back);
    answer.pipe(outgoing);
  });
  behind.on('error', () => outgoing.destroy());
  incoming.pipe(behind);
}
