import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// What Node itself costs: answers "ok", and tells its port to whoever forked it.
const server = createServer((_, response) => response.end('ok'))
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
