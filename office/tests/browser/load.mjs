// Measures the office: `node load.mjs PROGRAM [CUSTOMERS CONTACTS LOG-ENTRIES]`. Fills a database, starts the office on it,
// signs one of staff in, asks pages from eight places at once, and prints the figures as a table.
import { createHmac } from 'node:crypto'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const [program, customers = '5000', contacts = '10', log = '1000000'] = process.argv.slice(2)
const REQUESTS = 400
const PLACES = 8

const folder = mkdtempSync(join(tmpdir(), 'office-load-'))
const port = await new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)) })
})
const settings = join(folder, 'settings.toml')
writeFileSync(settings, `[server]\nbind = "127.0.0.1:${port}"\n[limits]\nrequests-per-minute = 1000000\n`)
const run = (...words) => execFileSync(program, ['--settings', settings, ...words], { encoding: 'utf8' })
console.error(run('fill', '--customers', customers, '--contacts', contacts, '--log', log).trim())
const at = `http://127.0.0.1:${port}`
const began = performance.now()
const office = spawn(program, ['--settings', settings], { stdio: ['ignore', 'pipe', 'inherit'] })
await new Promise(resolve => createInterface({ input: office.stdout }).once('line', resolve))
await fetch(at + '/health')
const start = performance.now() - began

function oneTimeCode (secret) {
  const bits = [...secret.replaceAll(' ', '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)))
  const hash = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))).update(step).digest()
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0')
}

async function signIn (login) {
  const link = run('link', login).trim()
  const page = await fetch(link)
  const html = await page.text()
  const visitor = page.headers.get('set-cookie').split(';')[0]
  const field = (before, after) => html.split(before)[1].split(after)[0]
  const body = new URLSearchParams({
    'form-token': field('name="form-token" value="', '"'), password: 'kolme sanaa riittää', again: 'kolme sanaa riittää',
    code: oneTimeCode(field('secret=', '&'))
  })
  const done = await fetch(link, { method: 'POST', body, redirect: 'manual', headers: { cookie: visitor } })
  return done.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; ')
}

async function measure (cookie, path) {
  const times = []
  let left = REQUESTS
  const place = async () => {
    while (left-- > 0) {
      const began = performance.now()
      const answer = await fetch(at + path, { headers: { cookie }, redirect: 'manual' })
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
      times.push(performance.now() - began)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: PLACES }, place))
  const rate = REQUESTS / ((performance.now() - began) / 1000)
  times.sort((one, other) => one - other)
  const at95 = times[Math.floor(times.length * 0.95)]
  return { median: times[times.length >> 1], at95, rate }
}

try {
  const staff = await signIn('sample-staff')
  const officer = await signIn('sample-data-protection-officer')
  const list = await (await fetch(at + '/customers', { headers: { cookie: staff } })).text()
  const customer = list.match(/\/customers\/[0-9a-f]{20,}/)[0]
  const pages = [
    [staff, '/customers'], [staff, '/customers?text=koski'], [staff, customer], [staff, customer + '/contacts/new'],
    [staff, '/calendar'], [officer, '/log'], [officer, '/log?login=user7'], [officer, '/log?person=contact77-3%40example.org']
  ]
  console.log(`${customers} customers, ${customers * contacts} contacts, ${log} entries of the log; ${PLACES} places at once; load of the machine ${loadavg()[0].toFixed(1)}\n`)
  console.log('| page | median | 95 of 100 | pages a second |\n|---|---|---|---|')
  for (const [cookie, path] of pages) {
    const { median, at95, rate } = await measure(cookie, path)
    console.log(`| ${path.replace(/[0-9a-f]{20,}/, '…')} | ${median.toFixed(1)} ms | ${at95.toFixed(1)} ms | ${rate.toFixed(0)} |`)
  }
  const status = readFileSync(`/proc/${office.pid}/status`, 'utf8')
  console.log(`\nstart to first answer ${start.toFixed(0)} ms; memory ${(Number(status.match(/VmHWM:\s+(\d+)/)[1]) / 1024).toFixed(0)} MiB at most`)
} finally {
  office.kill('SIGTERM')
}
