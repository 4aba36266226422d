'use strict';

// Unary calls: the life of a user, and errors by status code with details.

const assert = require('node:assert/strict');
const { after, test } = require('node:test');
const { client, createUser, detailOf, grpc, unary } = require('../ecommerce');

const users = client('ecommerce.v1.UserService');
after(() => users.close());

test('create and get', async () => {
  const created = await createUser(users);
  assert.equal(created.name, 'John Doe');
  assert.equal(created.status, 'USER_STATUS_ACTIVE');
  assert.ok(Math.abs(Number(created.created_at.seconds) - Date.now() / 1000) < 60);
  const { response } = await unary(users, 'GetUser', { user_id: created.user_id });
  assert.deepEqual(response.user, created);
});

test('list pages through every user once', async () => {
  const expected = await Promise.all([1, 2, 3, 4, 5].map(() => createUser(users)));
  const seen = [];
  let page_token = '';
  do {
    const { response } = await unary(users, 'ListUsers', { page_size: 2, page_token });
    assert.ok(response.users.length <= 2);
    seen.push(...response.users.map((user) => user.user_id));
    page_token = response.next_page_token;
  } while (page_token !== '');
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(expected.every((user) => seen.includes(user.user_id)));
});

test('filter and order hold on every page', async () => {
  const tag = crypto.randomUUID();
  for (const name of ['b', 'c', 'a']) {
    await createUser(users, `${tag} ${name}`);
  }
  const request = { page_size: 1, filter: `name = "${tag}*" AND status:active`, order_by: 'name desc' };
  const seen = [];
  let page_token = '';
  do {
    const { response } = await unary(users, 'ListUsers', { ...request, page_token });
    assert.equal(response.total_count, 3);
    seen.push(...response.users.map((user) => user.name.at(-1)));
    page_token = response.next_page_token;
  } while (page_token !== '');
  assert.deepEqual(seen, ['c', 'b', 'a']);
});

test('page token of another request is refused', async () => {
  await Promise.all([1, 2].map(() => createUser(users)));
  const { response } = await unary(users, 'ListUsers', { page_size: 1 });
  const request = { page_size: 1, page_token: response.next_page_token, order_by: 'name' };
  const error = await refusal(unary(users, 'ListUsers', request));
  assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
  const detail = detailOf(error, 'google.rpc.BadRequest');
  assert.deepEqual(
    detail.field_violations.map((violation) => violation.field),
    ['page_token'],
  );
});

test('update changes only what the mask names', async () => {
  const stored = await createUser(users);
  const { response } = await unary(users, 'UpdateUser', {
    user: { user_id: stored.user_id, name: 'Jane Doe', avatar_url: 'not in the mask' },
    update_mask: { paths: ['name'] },
  });
  assert.equal(response.user.name, 'Jane Doe');
  assert.equal(response.user.avatar_url, '');
  assert.equal(response.user.email, stored.email);
});

test('deleted user is gone', async () => {
  const { user_id } = await createUser(users);
  await unary(users, 'DeleteUser', { user_id });
  await assert.rejects(unary(users, 'GetUser', { user_id }), { code: grpc.status.NOT_FOUND });
});

test('not found names the resource', async () => {
  const error = await refusal(unary(users, 'GetUser', { user_id: 'nobody' }));
  assert.equal(error.code, grpc.status.NOT_FOUND);
  const detail = detailOf(error, 'google.rpc.ResourceInfo');
  assert.equal(detail.resource_type, 'ecommerce.v1.User');
  assert.equal(detail.resource_name, 'nobody');
});

test('invalid argument lists every field', async () => {
  const error = await refusal(unary(users, 'CreateUser', {}));
  assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
  const detail = detailOf(error, 'google.rpc.BadRequest');
  assert.deepEqual(
    detail.field_violations.map((violation) => violation.field),
    ['email', 'name', 'password'],
  );
});

test('already exists names the resource', async () => {
  const { email } = await createUser(users);
  const error = await refusal(
    unary(users, 'CreateUser', { email, name: 'Again', password: 'securepassword' }),
  );
  assert.equal(error.code, grpc.status.ALREADY_EXISTS);
  assert.equal(detailOf(error, 'google.rpc.ResourceInfo').resource_name, email);
});

test('unknown method is unimplemented', async () => {
  const call = new Promise((resolve, reject) => {
    const same = (bytes) => bytes;
    users.makeUnaryRequest('/ecommerce.v1.UserService/Nothing', same, same, Buffer.alloc(0), (error, value) =>
      error ? reject(error) : resolve(value),
    );
  });
  await assert.rejects(call, { code: grpc.status.UNIMPLEMENTED });
});

/** The error of a call that must fail. */
async function refusal(call) {
  let outcome;
  try {
    outcome = await call;
  } catch (error) {
    return error;
  }
  assert.fail(`expected an error, got ${JSON.stringify(outcome.response)}`);
}
