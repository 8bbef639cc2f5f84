import { checkBody, MAX_BODY_BYTES } from '../../../../lambdas/gateway/http/check-body';

const check =
  (headers: Record<string, string>, body = Buffer.from('{}')) =>
  () =>
    checkBody({ headers, body });

describe('checkBody', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; profile=x',
  ])('accepts %s', (type) => {
    expect(check({ 'content-type': type })).not.toThrow();
  });

  it('accepts a body that names no type', () => {
    expect(check({})).not.toThrow();
  });

  it.each([
    'text/plain',
    'multipart/form-data; boundary=a',
    'application/jsonp',
    'application/json; charset=latin1',
    '',
  ])('refuses %p with 415', (type) => {
    expect(check({ 'content-type': type })).toThrow(
      expect.objectContaining({ code: 'unsupported_media_type', param: 'content-type' }),
    );
  });

  it('refuses a compressed body with 415', () => {
    expect(check({ 'content-encoding': 'gzip' })).toThrow(
      expect.objectContaining({ code: 'unsupported_media_type', param: 'content-encoding' }),
    );
  });

  it('accepts a body of the greatest length and refuses one byte more with 413', () => {
    expect(check({}, Buffer.alloc(MAX_BODY_BYTES))).not.toThrow();
    expect(check({}, Buffer.alloc(MAX_BODY_BYTES + 1))).toThrow(expect.objectContaining({ code: 'request_too_large' }));
  });
});
