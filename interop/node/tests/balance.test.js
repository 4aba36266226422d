'use strict';

// Client-side load balancing over three servers, one of which is killed.

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const readline = require('node:readline');
const { after, test } = require('node:test');
const { client, environment, within } = require('../ecommerce');

const serviceConfig = {
  loadBalancingConfig: [{ round_robin: {} }],
  methodConfig: [
    {
      name: [{ service: 'ecommerce.v1.UserService' }],
      // A call that was on its way to the killed server goes to another one.
      retryPolicy: {
        maxAttempts: 3,
        initialBackoff: '0.05s',
        maxBackoff: '0.5s',
        backoffMultiplier: 2,
        retryableStatusCodes: ['UNAVAILABLE'],
      },
    },
  ],
};

const processes = [];
after(() => processes.forEach((process) => process.kill('SIGKILL')));

async function startServer() {
  const [program, ...programArguments] = environment('ECOMMERCE_SERVER').split('\n');
  const process = spawn(program, [...programArguments, '--addr', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  processes.push(process);
  const [line] = await once(readline.createInterface({ input: process.stdout }), 'line');
  return { process, address: line.replace('listening on ', '') };
}

/** Lists users once and resolves to the address that answered. */
function whoAnswers(stub) {
  return new Promise((resolve, reject) => {
    const call = stub.ListUsers({ page_size: 1 }, within(5), (error) => {
      if (error) {
        reject(error);
      } else {
        resolve(call.getPeer());
      }
    });
  });
}

test('calls go on when one of three servers is killed', async () => {
  const servers = await Promise.all([startServer(), startServer(), startServer()]);
  const addresses = servers.map((server) => server.address);
  const stub = client('ecommerce.v1.UserService', {
    target: `ipv4:${addresses.join(',')}`,
    options: { 'grpc.service_config': JSON.stringify(serviceConfig) },
  });
  after(() => stub.close());

  await callUntil(stub, addresses);
  servers[0].process.kill('SIGKILL');
  await once(servers[0].process, 'exit');

  const answered = new Set();
  for (let i = 0; i < 60; i += 1) {
    answered.add(await whoAnswers(stub)); // not one call may fail
  }
  assert.deepEqual([...answered].sort(), addresses.slice(1).sort());
});

/** Round robin starts with the first connection: call until all three have answered. */
async function callUntil(stub, addresses) {
  const answered = new Set();
  const giveUp = Date.now() + 10_000;
  while (answered.size < addresses.length) {
    assert.ok(Date.now() < giveUp, `only ${[...answered]} of ${addresses} answered`);
    answered.add(await whoAnswers(stub));
  }
}
