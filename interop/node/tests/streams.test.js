'use strict';

// The three kinds of streams: events of users, rooms, files.

const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const { after, test } = require('node:test');
const { client, collect, createUser, detailOf, grpc, header, unary, within } = require('../ecommerce');

const users = client('ecommerce.v1.UserService');
const chat = client('ecommerce.v1.ChatService');
const files = client('ecommerce.v1.FileService');
after(() => [users, chat, files].forEach((stub) => stub.close()));

/** Reads a stream message by message. */
function reader(call) {
  const messages = call[Symbol.asyncIterator]();
  return async () => (await messages.next()).value;
}

test('events of a user arrive in order', async () => {
  const call = users.WatchUsers({}, within(10));
  await header(call); // from here on the server misses nothing for us
  const { user_id } = await createUser(users);
  await unary(users, 'UpdateUser', { user: { user_id, name: 'Jane Doe' } });
  await unary(users, 'DeleteUser', { user_id });
  const received = [];
  const next = reader(call);
  while (received.length < 3) {
    const event = await next();
    if (event.user.user_id === user_id) {
      received.push(event.event_type);
    }
  }
  assert.deepEqual(received, [
    'USER_EVENT_TYPE_CREATED',
    'USER_EVENT_TYPE_UPDATED',
    'USER_EVENT_TYPE_DELETED',
  ]);
  call.on('error', () => {});
  call.cancel();
});

test('cancelled stream ends', async () => {
  const call = users.WatchUsers({});
  await header(call);
  call.cancel();
  await assert.rejects(collect(call), { code: grpc.status.CANCELLED });
});

test('deadline ends an endless stream', async () => {
  const call = users.WatchUsers({}, within(0.3));
  await assert.rejects(collect(call), { code: grpc.status.DEADLINE_EXCEEDED });
});

test('message reaches every member of its room', async () => {
  const room_id = crypto.randomUUID();
  const [ada, bob] = [chat.Chat(within(10)), chat.Chat(within(10))];
  const [adaHears, bobHears] = [reader(ada), reader(bob)];
  ada.write({ room_id, user_id: 'ada', content: 'hello' });
  const first = await adaHears();
  assert.equal(first.content, 'hello');
  assert.equal(first.type, 'MESSAGE_TYPE_TEXT');
  assert.ok(Number(first.timestamp.seconds) > 0);
  bob.write({ room_id, user_id: 'bob', content: 'hi' });
  assert.equal((await bobHears()).content, 'hi');
  assert.equal((await adaHears()).content, 'hi');
  ada.end();
  bob.end();
  // After the half close the stream ends well: the iterator is done.
  assert.equal(await adaHears(), undefined);
  assert.equal(await bobHears(), undefined);
});

function sha256(data) {
  return crypto.createHash('sha256').update(data).digest('hex');
}

function upload(pieces, damage = () => {}) {
  return new Promise((resolve, reject) => {
    const call = files.UploadFile(within(10), (error, response) => (error ? reject(error) : resolve(response)));
    const chunks = pieces.map((data, chunk_index) => ({
      data,
      chunk_index,
      is_last_chunk: chunk_index === pieces.length - 1,
      checksum: sha256(data),
    }));
    damage(chunks);
    chunks.forEach((chunk) => call.write(chunk));
    call.end();
  });
}

test('what goes up comes down', async () => {
  const pieces = [crypto.randomBytes(100_000), crypto.randomBytes(100_000), crypto.randomBytes(1)];
  const content = Buffer.concat(pieces);
  const uploaded = await upload(pieces);
  assert.equal(uploaded.file_size, String(content.length));
  assert.equal(uploaded.checksum, sha256(content));
  const { file_id } = uploaded;
  const chunks = await collect(files.DownloadFile({ file_id }, within(10)));
  assert.deepEqual(Buffer.concat(chunks.map((chunk) => chunk.data)), content);
  assert.ok(chunks.every((chunk) => chunk.checksum === sha256(chunk.data)));
  assert.equal(chunks.at(-1).is_last_chunk, true);
  const part = await collect(files.DownloadFile({ file_id, offset: 10, limit: 1000 }, within(10)));
  assert.deepEqual(Buffer.concat(part.map((chunk) => chunk.data)), content.subarray(10, 1010));
});

test('wrong checksum is refused', async () => {
  const damage = (chunks) => {
    chunks[1].checksum = sha256('something else');
  };
  await assert.rejects(upload([Buffer.from('a'), Buffer.from('b')], damage), (error) => {
    assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
    assert.equal(detailOf(error, 'google.rpc.BadRequest').field_violations[0].field, 'checksum');
    return true;
  });
});

test('oversize message is refused', async () => {
  await assert.rejects(upload([Buffer.alloc(5 * 1024 * 1024)]), { code: grpc.status.RESOURCE_EXHAUSTED });
});

test('unknown file is not found', async () => {
  await assert.rejects(collect(files.DownloadFile({ file_id: 'nothing' }, within(5))), {
    code: grpc.status.NOT_FOUND,
  });
});
