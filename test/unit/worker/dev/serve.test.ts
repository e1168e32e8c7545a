import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { assertFree, freePort } from '../../../../worker/dev/serve.ts'

test('a port in use is named, with what to do', async () => {
  const port = await freePort()
  await expect(assertFree(port)).resolves.toBeUndefined()
  const server = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  await expect(assertFree(port)).rejects.toThrow(
    `Port ${port} is in use. End what runs there, or choose another: PORT=${port + 1} npm start`,
  )
  server.close()
})
