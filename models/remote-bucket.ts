import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { offline } from '../worker/dev/offline.ts'
import { bucketName } from './bucket-name.ts'
import { manifestKey } from './bucket-objects.ts'
import { root } from './paths.ts'
import type { Bucket } from './publish.ts'

const wranglerScript = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js')
const configPath = join(root, 'wrangler.toml')

/** The bucket of the operator's Cloudflare account, through wrangler's commands and with wrangler's login. */
export async function remoteBucket(): Promise<Bucket> {
  const name = await bucketName()
  const object = (verb: 'get' | 'put', key: string, ...flags: string[]) =>
    wrangler(name, ['r2', 'object', verb, `${name}/${key}`, '--remote', '--config', configPath, ...flags])
  return {
    name: `the bucket ${name} at Cloudflare`,
    manifest: async () => {
      try {
        return await object('get', manifestKey, '--pipe')
      } catch (error) {
        if (error instanceof Error && error.cause === 'no-such-key') return null
        throw error
      }
    },
    put: async ({ key, path, contentType, contentEncoding }) => {
      const encoding = contentEncoding ? ['--content-encoding', contentEncoding] : []
      await object('put', key, '--file', path, '--content-type', contentType, ...encoding)
    },
  }
}

/**
 * @returns what it printed
 * @throws Error in one sentence, with the cause 'no-such-key' where that was all
 */
async function wrangler(bucket: string, parameters: string[]): Promise<string> {
  try {
    // Never a question to the person in the middle: wrangler takes CI for a place where nobody answers.
    const env = { ...process.env, ...offline, NO_COLOR: '1', FORCE_COLOR: '0' }
    const options = { cwd: root, env, maxBuffer: 2 ** 24 }
    return (await promisify(execFile)(process.execPath, [wranglerScript, ...parameters], options)).stdout
  } catch (error) {
    throw explain(bucket, String((error as { stderr?: string }).stderr || (error as Error).message))
  }
}

function explain(bucket: string, output: string): Error {
  const said = (pattern: RegExp) => pattern.test(output)
  if (said(/specified key does not exist/i)) {
    return new Error('There is no such object.', { cause: 'no-such-key' })
  }
  if (said(/CLOUDFLARE_API_TOKEN|not logged in|wrangler login/i)) {
    return new Error(
      'No Cloudflare account is set up on this machine: run npx wrangler login, or set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID, then publish again.',
    )
  }
  if (said(/bucket does not exist|code: 10006/i)) {
    return new Error(
      `The account has no bucket ${bucket}: create it with npx wrangler r2 bucket create ${bucket}, then publish again.`,
    )
  }
  if (said(/authentication error|unauthori[sz]ed|forbidden|code: (10000|10001|9109)/i)) {
    return new Error(
      'Cloudflare refused the login: give a token that may edit R2 storage in CLOUDFLARE_API_TOKEN and its account in CLOUDFLARE_ACCOUNT_ID, then publish again.',
    )
  }
  const line = output
    .split('\n')
    .map((text) => text.replace(/^.*\[ERROR\]\s*/, '').trim())
    .find((text) => text !== '')
  return new Error(
    `Cloudflare or wrangler gave an error (${line}): publish again, what is there already is skipped.`,
  )
}
