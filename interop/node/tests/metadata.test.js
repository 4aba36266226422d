'use strict';

// Metadata, deadlines, compression, the token, TLS, health.

const assert = require('node:assert/strict');
const { after, test } = require('node:test');
const { client, createUser, detailOf, environment, grpc, pem, unary, within } = require('../ecommerce');

const open = [];
after(() => open.forEach((stub) => stub.close()));

function users(options) {
  const stub = client('ecommerce.v1.UserService', options);
  open.push(stub);
  return stub;
}

const plain = users();

test('metadata goes in and comes out', async () => {
  const { user_id } = await createUser(plain);
  const headers = { 'x-request-id': 'abc-123' };
  const { header, trailer } = await unary(plain, 'GetUser', { user_id }, { headers });
  assert.deepEqual(header.get('x-request-id'), ['abc-123']);
  assert.equal(header.get('server-version').length, 1);
  assert.equal(trailer.get('x-duration-us').length, 1);
});

test('failed call tells its request id', async () => {
  const headers = { 'x-request-id': 'abc-123' };
  await assert.rejects(unary(plain, 'GetUser', { user_id: 'nobody' }, { headers }), (error) => {
    assert.deepEqual(error.metadata.get('x-request-id'), ['abc-123']);
    return true;
  });
});

test('server sees the deadline', async () => {
  const { user_id } = await createUser(plain);
  const { header } = await unary(plain, 'GetUser', { user_id }, { options: within(20) });
  const [remaining] = header.get('x-deadline-ms');
  assert.ok(Number(remaining) > 10_000 && Number(remaining) <= 20_000, remaining);
});

test('deadline propagates downstream', async () => {
  const { user_id } = await createUser(plain); // lives on the server behind the one that is called
  const { response, header } = await unary(
    users({ name: 'FRONT' }),
    'GetUser',
    { user_id },
    { headers: { 'x-forward': 'true' }, options: within(20) },
  );
  assert.equal(response.user.user_id, user_id);
  const [remaining] = header.get('x-deadline-ms');
  assert.ok(Number(remaining) > 10_000 && Number(remaining) < 21_000, remaining);
});

test('deadline ends a call whose downstream is stuck', async () => {
  const options = { headers: { 'x-forward': 'true' }, options: within(0.5) };
  await assert.rejects(unary(users({ name: 'STUCK' }), 'GetUser', { user_id: 'any' }, options), {
    code: grpc.status.DEADLINE_EXCEEDED,
  });
});

test('cancelled call is cancelled', async () => {
  const call = new Promise((resolve, reject) => {
    const headers = new grpc.Metadata();
    headers.set('x-forward', 'true');
    const running = users({ name: 'STUCK' }).GetUser({ user_id: 'any' }, headers, (error, value) =>
      error ? reject(error) : resolve(value),
    );
    setTimeout(() => running.cancel(), 200);
  });
  await assert.rejects(call, { code: grpc.status.CANCELLED });
});

test('gzip both ways', async () => {
  const gzip = users({ options: { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip } });
  const name = 'Ada '.repeat(10_000);
  const { user_id } = await createUser(gzip, name);
  const { response } = await unary(gzip, 'GetUser', { user_id });
  assert.equal(response.user.name, name);
});

const list = (stub, headers) => unary(stub, 'ListUsers', { page_size: 1 }, { headers });

test('call without a token is refused', async () => {
  await assert.rejects(list(users({ name: 'GUARDED' })), (error) => {
    assert.equal(error.code, grpc.status.UNAUTHENTICATED);
    assert.equal(detailOf(error, 'google.rpc.ErrorInfo').reason, 'TOKEN_MISSING');
    return true;
  });
});

test('call with a wrong token is refused', async () => {
  await assert.rejects(list(users({ name: 'GUARDED' }), { authorization: 'Bearer guess' }), {
    code: grpc.status.UNAUTHENTICATED,
  });
});

test('interceptor adds the token', async () => {
  const authInterceptor = (options, nextCall) =>
    new grpc.InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        metadata.set('authorization', `Bearer ${environment('ECOMMERCE_TOKEN')}`);
        next(metadata, listener);
      },
    });
  await list(users({ name: 'GUARDED', options: { interceptors: [authInterceptor] } }));
});

test('tls', async () => {
  await list(users({ name: 'TLS', credentials: grpc.credentials.createSsl(pem('ca.pem')) }));
});

test('tls with an unknown authority is refused', async () => {
  const credentials = grpc.credentials.createSsl(pem('stranger.pem'));
  await assert.rejects(list(users({ name: 'TLS', credentials })), { code: grpc.status.UNAVAILABLE });
});

test('mutual tls', async () => {
  const credentials = grpc.credentials.createSsl(pem('ca.pem'), pem('client.key'), pem('client.pem'));
  await list(users({ name: 'MTLS', credentials }));
});

test('mutual tls without a certificate is refused', async () => {
  const credentials = grpc.credentials.createSsl(pem('ca.pem'));
  await assert.rejects(list(users({ name: 'MTLS', credentials })), { code: grpc.status.UNAVAILABLE });
});

for (const service of ['grpc.health.v1.Health', 'ecommerce.v1.HealthService']) {
  test(`${service} answers`, async () => {
    const health = client(service);
    open.push(health);
    const { response } = await unary(health, 'Check', { service: 'ecommerce.v1.UserService' });
    assert.equal(response.status, 'SERVING');
    await assert.rejects(unary(health, 'Check', { service: 'nothing' }), { code: grpc.status.NOT_FOUND });
  });
}
