import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';

const head = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

/** Answers a HEAD of a stream of server-sent events, which would never end. Says whether it was one. */
export function answeredHead(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.method === 'HEAD') void reply.header('content-type', head['content-type']).send();
  return request.method === 'HEAD';
}

const takenOver = new WeakSet<FastifyReply>();

/** Whether the answer is written by hand, and lasts for as long as somebody listens. */
export function isTakenOver(reply: FastifyReply): boolean {
  return takenOver.has(reply);
}

/** The connection of an answer that is written by hand from here on, with the headers that it has so far, such as those for other origins. */
export function takeOver(reply: FastifyReply): ServerResponse {
  const { raw } = reply.hijack();
  takenOver.add(reply);
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  return raw;
}

/** Begins a stream of server-sent events, at a position if there is one. Whoever loses it comes again after 2 s. */
export function beginEvents(response: ServerResponse, position?: string): void {
  response.writeHead(200, head);
  response.write(`retry: 2000\n${position === undefined ? '' : `id: ${position}\n`}\n`);
}
