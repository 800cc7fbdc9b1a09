// A provider of identities (oidc-provider) with claims like those of Suomi.fi: who, for whom, with which authorisations.
import Provider from 'oidc-provider'

const people = {
  kirsi: { name: 'Kirsi Koordinaattori', email: 'kirsi@example.org', email_verified: true, authorisations: ['kanta-coordinator'] }
}

/** Serves it on a port of this machine; the server. */
export async function serveProvider (port, back) {
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{ client_id: 'office', client_secret: 'a secret of the test', redirect_uris: [back] }],
    claims: { openid: ['sub', 'organisation', 'authorisations'], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the test'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    features: { devInteractions: { enabled: true } }
  })
  return await new Promise(resolve => { const server = provider.listen(port, '127.0.0.1', () => resolve(server)) })
}
