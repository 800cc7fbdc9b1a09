// Walks through the office in a browser without network: every role, three languages, axe on each page, nothing asked
// of any other machine, sign-in at a provider of identities. `node walk.mjs PROGRAM HARNESS [FOLDER FOR
// SCREENSHOTS]`; HARNESS is `kantakoe`, whose endpoint the archivist works at.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { serveProvider } from './provider.mjs'

const [program, harness, screens] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

function freePort () {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** The code of RFC 6238 for a secret in base32, now. */
function oneTimeCode (secret) {
  const bits = [...secret.replaceAll(' ', '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)))
  const hash = createHmac('sha1', key).update(step).digest()
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff
  return String(number % 1000000).padStart(6, '0')
}

/** Starts the harness's endpoint. */
async function startEndpoint (port) {
  const endpoint = spawn(harness, ['endpoint', '--tls', 'off', '--bind', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise(resolve => createInterface({ input: endpoint.stdout }).once('line', resolve))
  return endpoint
}

/** Starts the office with the sample; its address and the link of each role. */
async function startOffice (folder, port, provider, endpoint) {
  const secret = join(folder, 'secret')
  writeFileSync(secret, 'a secret of the test')
  const settings = join(folder, 'settings.toml')
  writeFileSync(settings, `[server]\nbind = "127.0.0.1:${port}"\n[office]\nrehearsal = true\n[archivist-desk]\nendpoint = "${endpoint}"\n[provider]\nissuer = "${provider}"\n` +
    `client-id = "office"\nclient-secret-file = "${secret}"\n[provider.roles]\n"kanta-coordinator" = "coordinator"\n"kanta-contact" = "customer"\n`)
  const office = spawn(program, ['--settings', settings, '--sample'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const links = {}
  for await (const line of createInterface({ input: office.stdout })) {
    const [, role, link] = line.match(/^sample-([a-z-]+): (http.*)$/) ?? []
    if (role) links[role] = link
    if (Object.keys(links).length === 6) break
  }
  return { office, links, address: `http://127.0.0.1:${port}` }
}

const problems = []
let shown = 0

async function look (page, name, language, keep = false) {
  // Sizes are those of the page with its style sheet.
  await page.waitForLoadState('load')
  await page.evaluate(axe)
  const found = await page.evaluate(tags => window.axe.run(document, { runOnly: tags }), tags)
  for (const violation of found.violations) {
    problems.push(`${name} ${language}: ${violation.id}: ${violation.help}: ${violation.nodes[0].html.slice(0, 200)}`)
  }
  assert.equal(await page.getAttribute('html', 'lang'), language, name)
  shown += 1
  if (keep && screens) await page.screenshot({ path: join(screens, `${name}-${language}.png`), fullPage: true })
}

/** A context in which every request to another machine is a problem. */
async function newPage (browser, allowed, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, javaScriptEnabled: true, ...options })
  context.on('request', request => {
    // What the provider's own pages ask is not the office's.
    const others = allowed.slice(1)
    if (others.some(address => request.frame().url().startsWith(address))) return
    if (!allowed.some(address => request.url().startsWith(address))) problems.push(`asked ${request.url()}`)
  })
  return await context.newPage()
}

async function enrol (page, link, language) {
  await page.goto(link)
  await page.click(`.languages a[lang=${language}]`)
  const secret = await page.textContent('dl div:nth-child(2) .value')
  await look(page, 'welcome', language)
  await page.fill('#password', 'kolme sanaa riittää')
  await page.fill('#again', 'kolme sanaa riittää')
  await page.fill('#code', oneTimeCode(secret))
  await page.click('main button')
  await page.waitForURL(url => url.pathname === '/')
}

async function everyLanguage (page, name, address, keep) {
  for (const language of ['fi', 'sv', 'en']) {
    await page.goto(address)
    await page.click(`.languages a[lang=${language}]`)
    await look(page, name, language, keep)
  }
}

async function coordinator (page, at) {
  for (const path of ['/', '/customers', '/calendar', '/lists', '/messages', '/messages/new', '/imports', '/invoicing', '/disclosures', '/retention', '/me', '/account', '/notice']) {
    await everyLanguage(page, `coordinator${path.replaceAll('/', '-')}`, at + path, ['/customers', '/calendar'].includes(path))
  }
  await page.goto(at + '/customers?kind=system-vendor')
  await page.click('tbody a')
  const vendor = page.url()
  await everyLanguage(page, 'customer', vendor, true)
  await page.click('a[href*="/systems/"] >> nth=0')
  await page.setInputFiles('#file', { name: 'report.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({
    schema: 'kantakoe-report/1', outcome: 'pass', header: { harness: 'kantakoe', system: { name: 'S', version: '1', vendor: 'V' } },
    scenarios: [{ id: 'storage/store', outcome: 'pass' }, { id: 'log/use-log', outcome: 'not-applicable' }], volatile: {}
  })) })
  await page.click('form[enctype] button')
  await page.click('a[href$="/facts"]')
  await look(page, 'facts', 'en', true)
  await page.goto(vendor)
  await page.click('a[href*="/co-tests/"] >> nth=0')
  await look(page, 'co-test', 'en', true)
  await page.goto(vendor + '/contacts/new')
  await page.fill('#email', 'not an address')
  await page.click('main button')
  await look(page, 'wrong-form', 'en', true)
  assert.equal(await page.locator('[role=alert] a').count(), 2)
  await page.goto(at + '/messages/new?message=enquiry&role=disruption')
  await page.click('main form button')
  await look(page, 'message-draft', 'en', true)
  await page.click('form[action$="/send"] button')
  await look(page, 'message-sent', 'en')
}

async function customer (page, at) {
  await page.goto(at + '/')
  await page.click('main a[href^="/customers/"]')
  const own = page.url()
  await everyLanguage(page, 'own-customer', own, true)
  await page.click('a[href*="/contacts/"] >> nth=0')
  await everyLanguage(page, 'contact', page.url(), false)
  await page.click('a[href$="/change"]')
  await page.fill('#telephone', '+358 50 555 0000')
  await page.click('main form button')
  assert.match(await page.textContent('main'), /\+358 50 555 0000/)
  await everyLanguage(page, 'rights', own + '/rights', false)
  await page.click('.languages a[lang=fi]')
  await appoint(page, own)
  await page.goto(at + '/customers')
  assert.equal(await page.locator('main .notice.refused').count(), 1, 'the list of customers is not a customer\'s')
}

/** The customer appoints the archivist in self-service; then the archivist works at the harness's endpoint. */
async function appoint (page, own) {
  const oid = '1.2.246.10.99990000.10.0'
  await page.goto(own + '/contacts/new')
  await page.fill('#name', 'Aino Arkistoija')
  await page.fill('#email', 'sample-archivist@example.org')
  await page.check('#contact_roles-archivist-social')
  await page.click('main form button')
  await page.goto(own + '/archivists/new')
  await page.selectOption('#contact', { label: 'Aino Arkistoija, Sosiaalihuollon asiakastietovarannon arkistonhoitaja' })
  await page.fill('#register_oid', oid)
  await page.fill('#started', '2026-01-01')
  await page.click('main form button')
  await page.waitForURL(own)
}

async function atTheDesk (page, at) {
  await page.goto(at + '/')
  await page.click('main a[href$="/desk"]')
  await everyLanguage(page, 'desk', page.url(), false)
  await page.click('main form button')
  await look(page, 'desk-search', 'en', true)
  assert.match(await page.textContent('main'), /No document fits/)
  await page.click('main a[href*="/desk/log"]')
  assert.match(await page.textContent('main'), /sample-archivist.*search/s)
  await look(page, 'desk-log', 'en', true)
  await page.goto(page.url().replace('/log?', '/documents/1.2.3?'))
  assert.match(await page.textContent('main'), /archive refused/)
  await look(page, 'desk-refusal', 'en')
}

async function others (browser, at, links) {
  const officer = await newPage(browser, [at])
  await enrol(officer, links['data-protection-officer'], 'fi')
  for (const path of ['/log', '/persons?text=a', '/retention']) {
    await everyLanguage(officer, `officer${path.replaceAll(/[/?=]/g, '-')}`, at + path, path === '/log')
  }
  const administrator = await newPage(browser, [at])
  await enrol(administrator, links.administrator, 'sv')
  await everyLanguage(administrator, 'accounts', at + '/accounts', false)
  await administrator.click('tbody a >> nth=0')
  await everyLanguage(administrator, 'account', administrator.url(), false)
  const archivist = await newPage(browser, [at])
  await enrol(archivist, links.archivist, 'en')
  await atTheDesk(archivist, at)
  const phone = await newPage(browser, [at], { viewport: { width: 320, height: 640 } })
  await phone.goto(at + '/sign-in')
  await look(phone, 'phone-sign-in', 'en', true)
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= 320), 'it scrolls sideways at 320 pixels')
  const noScript = await newPage(browser, [at], { javaScriptEnabled: false })
  await noScript.goto(at + '/notice')
  assert.equal(await noScript.locator('main h2').count(), 7)
}

async function byProvider (browser, at, provider) {
  const page = await newPage(browser, [at, provider])
  await page.goto(at + '/sign-in')
  await page.click('main a[href="/provider/start"]')
  await page.fill('input[name=login]', 'kirsi')
  await page.fill('input[name=password]', 'any')
  await page.click('button[type=submit]')
  await page.click('button[type=submit]')
  await page.waitForURL(url => url.href.startsWith(at))
  assert.match(await page.textContent('header'), /Kirsi Koordinaattori/)
  await page.goto(at + '/calendar')
  assert.equal(await page.locator('main .notice.refused').count(), 0, 'the authorisation makes a coordinator')
  await page.goto(at + '/provider/return?state=forged&code=x')
  assert.equal(await page.locator('main .notice.refused').count(), 1)
}

const folder = mkdtempSync(join(tmpdir(), 'office-walk-'))
if (screens) mkdirSync(screens, { recursive: true })
const [port, providerPort, endpointPort] = [await freePort(), await freePort(), await freePort()]
const endpoint = await startEndpoint(endpointPort)
const provider = await serveProvider(providerPort, `http://127.0.0.1:${port}/provider/return`)
const { office, links, address } = await startOffice(folder, port, `http://127.0.0.1:${providerPort}`, `http://127.0.0.1:${endpointPort}`)
// Without network: no name resolves, and nothing is reached but this machine.
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] })
try {
  const page = await newPage(browser, [address])
  await everyLanguage(page, 'sign-in', address + '/sign-in', true)
  await enrol(page, links.coordinator, 'en')
  await coordinator(page, address)
  const own = await newPage(browser, [address])
  await enrol(own, links.customer, 'fi')
  await customer(own, address)
  await others(browser, address, links)
  await byProvider(browser, address, `http://127.0.0.1:${providerPort}`)
} finally {
  await browser.close()
  office.kill('SIGTERM')
  endpoint.kill('SIGTERM')
  provider.close()
}
assert.deepEqual([...new Set(problems)], [])
console.log(`${shown} pages, nothing wrong, nothing asked of another machine`)
process.exit(0)
