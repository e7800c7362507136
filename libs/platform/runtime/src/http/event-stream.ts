import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';

const head = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

/** Responds to a HEAD request of a stream of server-sent events, which would never end. Returns whether it was one. */
export function answerHead(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.method === 'HEAD') void reply.header('content-type', head['content-type']).send();
  return request.method === 'HEAD';
}

const takenOver = new WeakSet<FastifyReply>();

/** Whether the response was taken over from Fastify and lasts until the client disconnects. */
export function isTakenOver(reply: FastifyReply): boolean {
  return takenOver.has(reply);
}

/** Takes the response over from Fastify, with the headers that are set so far, such as those of CORS. */
export function takeOverResponse(reply: FastifyReply): ServerResponse {
  const { raw } = reply.hijack();
  takenOver.add(reply);
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  return raw;
}

/** Starts a stream of server-sent events, with the id `position` if there is one. A client that is disconnected reconnects after 2 s. */
export function startEventStream(response: ServerResponse, position?: string): void {
  response.writeHead(200, head);
  response.write(`retry: 2000\n${position === undefined ? '' : `id: ${position}\n`}\n`);
}
