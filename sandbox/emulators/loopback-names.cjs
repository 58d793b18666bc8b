// Every name under .localhost is this machine (RFC 6761), but Node asks the system, which may not know. S3 Control puts the
// account before the endpoint's host, so its calls need such a name.
const dns = require('node:dns');

const { lookup } = dns;
const isLoopback = (name) => typeof name === 'string' && name.endsWith('.localhost');
dns.lookup = (name, ...rest) => lookup(isLoopback(name) ? '127.0.0.1' : name, ...rest);
