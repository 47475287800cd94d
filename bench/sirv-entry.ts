/** sirv over a folder, in a process of its own: prints its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

const answer = sirv(process.argv[2]!, { immutable: true, maxAge: 31_536_000, etag: true });
const server = createServer((request, response) => answer(request, response));
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
