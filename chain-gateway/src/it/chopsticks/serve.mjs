// Serves one file over HTTP on a free port of loopback, and says which: chopsticks takes a specification by URL alone.
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  createReadStream(process.argv[2]).pipe(response)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
