/** As much of an OpenAPI document as the page shows. */
export interface OpenApiDocument {
  info: { title: string; version: string; description: string }
  paths: Record<string, Record<string, Operation>>
}

interface Operation {
  tags?: string[]
  summary?: string
  description?: string
  security?: Record<string, unknown>[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[]
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}

const tokens: Record<string, string> = {
  session: 'a session token (POST /api/session)',
  owner: "the result's owner token",
  admin: 'the admin token',
}

/** The API for people who read: one section for each tag, one article for each route. */
export function DocsPage({ document }: { document: OpenApiDocument }) {
  const { title, version, description } = document.info
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(routes.flatMap(({ operation }) => operation.tags ?? []))]
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} API`}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/docs/style.css" />
      </head>
      <body>
        <h1>{`${title} API`}</h1>
        <p>
          Version {version}. <a href="/openapi.json">openapi.json</a>
        </p>
        <p>{description}</p>
        {tags.map((tag) => (
          <section>
            <h2>{tag}</h2>
            {routes
              .filter(({ operation }) => operation.tags?.includes(tag))
              .map((route) => (
                <Route {...route} />
              ))}
          </section>
        ))}
        <footer>
          <nav aria-label="About">
            <a href="/">FaceRefiner</a> <a href="/how">How it works</a> <a href="/licences.txt">Licences</a>
          </nav>
        </footer>
      </body>
    </html>
  )
}

function Route({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const needed = operation.security?.flatMap((entry) => Object.keys(entry)) ?? []
  const query = operation.parameters?.filter((parameter) => parameter.in === 'query') ?? []
  return (
    <article>
      <h3>
        <code>
          <span class="method">{method.toUpperCase()}</span> {path}
        </code>
      </h3>
      <p>
        {operation.summary}. {operation.description}
      </p>
      {needed.map((name) => (
        <p>Needs {tokens[name] ?? name}, as Authorization: Bearer.</p>
      ))}
      {query.map((parameter) => (
        <p>
          <code>?{parameter.name}=</code> {parameter.required ? '' : '(optional)'}
        </p>
      ))}
      {operation.requestBody && <Schemas title="Takes" content={operation.requestBody.content} />}
      <table>
        {Object.entries(operation.responses).map(([status, { description, content }]) => (
          <tr>
            <th scope="row">{status}</th>
            <td>
              {description}
              {content && status < '300' && <Schemas title="Answer" content={content} />}
            </td>
          </tr>
        ))}
      </table>
    </article>
  )
}

function Schemas({ title, content }: { title: string; content: Record<string, { schema: unknown }> }) {
  return Object.entries(content).map(([type, { schema }]) => (
    <details>
      <summary>
        {title}: {type}
      </summary>
      <pre>{JSON.stringify(schema, null, 2)}</pre>
    </details>
  ))
}
