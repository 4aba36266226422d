'use strict';

/**
 * The services of the example, loaded from their protos at run time.
 * Nothing here is generated.
 */

const path = require('node:path');
const fs = require('node:fs');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const packageDefinition = protoLoader.loadSync(
  [
    'ecommerce/v1/user.proto',
    'ecommerce/v1/chat.proto',
    'ecommerce/v1/file.proto',
    'ecommerce/v1/health.proto',
    'google/rpc/status.proto',
    'google/rpc/error_details.proto',
  ],
  {
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
    includeDirs: environment('ECOMMERCE_PROTO_PATHS').split(path.delimiter),
  },
);
const loaded = grpc.loadPackageDefinition(packageDefinition);

/** A variable that `interop/run` sets; an unset one is an error, never a skip. */
function environment(name) {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: start the suites with interop/run`);
  }
  return value;
}

/** The address of one of the servers. */
function address(name) {
  return environment(`ECOMMERCE_${name}_ADDR`);
}

/** A client of a service, by default of the server without TLS and without a token. */
function client(service, { name = 'PLAIN', target = address(name), credentials, options } = {}) {
  const Service = service.split('.').reduce((scope, part) => scope[part], loaded);
  return new Service(target, credentials ?? grpc.credentials.createInsecure(), options);
}

/** A deadline some seconds from now. */
function within(seconds) {
  return { deadline: Date.now() + seconds * 1000 };
}

/** Metadata from an object. */
function metadata(entries) {
  const result = new grpc.Metadata();
  for (const [key, value] of Object.entries(entries)) {
    result.set(key, value);
  }
  return result;
}

/**
 * Calls a method with one response. Resolves to
 * `{ response, header, trailer }`, rejects with the ServiceError.
 */
function unary(stub, method, request, { headers = {}, options = within(5) } = {}) {
  return new Promise((resolve, reject) => {
    let header;
    let response;
    const call = stub[method](request, metadata(headers), options, (error, value) => {
      if (error) {
        reject(error);
      }
      response = value;
    });
    call.on('metadata', (received) => {
      header = received;
    });
    call.on('status', (status) => {
      // The callback of a successful call runs before or after this event.
      setImmediate(() => resolve({ response, header, trailer: status.metadata }));
    });
  });
}

/** Resolves when a stream has ended well, to its messages. */
async function collect(call) {
  const messages = [];
  for await (const message of call) {
    messages.push(message);
  }
  return messages;
}

/** Resolves to the initial metadata of a call. */
function header(call) {
  return new Promise((resolve) => call.once('metadata', resolve));
}

/** The details of an error, as `{ '@type', ...fields }`. */
function details(error) {
  const [encoded] = error.metadata.get('grpc-status-details-bin');
  if (encoded === undefined) {
    return [];
  }
  const status = packageDefinition['google.rpc.Status'].deserialize(encoded);
  return status.details.map((any) => {
    const name = any.type_url.split('/').pop();
    return { '@type': name, ...packageDefinition[name].deserialize(any.value) };
  });
}

/** Returns the detail of a type, for example `google.rpc.BadRequest`. The order of details has no meaning. */
function detailOf(error, type) {
  return details(error).find((detail) => detail['@type'] === type);
}

/** The PEM of a certificate or key of this run. */
function pem(name) {
  return fs.readFileSync(path.join(environment('ECOMMERCE_CERTIFICATES'), name));
}

/** Creates a user whom no other test knows. */
async function createUser(stub, name = 'John Doe') {
  const request = { email: `${crypto.randomUUID()}@example.com`, name, password: 'securepassword' };
  const { response } = await unary(stub, 'CreateUser', request);
  return response.user;
}

module.exports = {
  address,
  client,
  collect,
  createUser,
  detailOf,
  environment,
  grpc,
  header,
  metadata,
  pem,
  unary,
  within,
};
