/** In place of HTTP/2, which the Bedrock client loads by default: every client is made with an HTTP/1.1 handler. */
const http2 = {
  constants: {},
  connect: (): never => {
    throw new Error('HTTP/2 is not bundled: make the client with awsClientConfig.');
  },
};

export default http2;
