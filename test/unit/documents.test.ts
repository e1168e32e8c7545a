import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../models/paths.ts'

const elsewhere = ['node_modules', 'dist', '.wrangler', 'out']
const documents = [
  ...globSync('**/*.md', { cwd: root, exclude: (name) => elsewhere.includes(name) }),
  ...globSync('.github/**/*.md', { cwd: root }),
]

/** Made by a command: there on a machine that ran it. */
const made = /^(models\/dist|dist)\b/

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8')

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link]) => link)
    const inside = links.filter((link) => !/^[a-z]+:/.test(link))
    expect(inside.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([])
  })

  it('names files and folders that exist', () => {
    const named = [...text.matchAll(/`((?:client|worker|models|test)\/[\w./-]+)`/g)].map(([, path]) => path)
    const lost = named.filter((path) => !made.test(path) && !existsSync(join(root, path)))
    expect(lost).toEqual([])
  })
})
