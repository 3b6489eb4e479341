// A real OpenID Connect provider for stories (oidc-provider, which nobody here wrote), and its own pages.

import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { freePort } from './product.mjs';

// What form encoding changes must arrive as it is.
export const SECRET = 'a secret +%&:/?=';

/** The provider's pages ask a server elsewhere for fonts; a test does not wait for it. */
export function withoutFonts(browser) {
  return {
    async page(t, options) {
      const page = await browser.page(t, options);
      await page.route(/googleapis/, (route) => route.abort());
      return page;
    },
  };
}

/**
 * oidc-provider on 127.0.0.1, another site than the service's localhost. Its login page takes any account and password.
 *
 * @param {string} redirectAddress Where it sends browsers back to.
 * @param {Record<string, object>} accounts The claims of each account, by its name.
 */
export async function startProvider(redirectAddress, accounts) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'taynghe', client_secret: SECRET, redirect_uris: [redirectAddress] }],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], roles: ['roles'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
    pkce: { required: () => true },
    cookies: { keys: ['a key of a test'] },
  });
  const server = createServer(provider.callback());
  await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
  return { issuer, server };
}

/** The provider's own pages: a name and a password, then consent. */
export async function signInAtProvider(page, provider, account) {
  await page.waitForURL(`${provider.issuer}/interaction/**`, { waitUntil: 'commit' });
  await page.locator('input[name=login]').fill(account);
  await page.locator('input[name=password]').fill('x');
  await page.locator('button[type=submit]').click();
  await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await page.locator('button[type=submit]').click();
}
