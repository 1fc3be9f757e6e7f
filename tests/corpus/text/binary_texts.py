# Hexadecimal digits, base 64 and others, checksums, digests.
import binascii, zlib, base64, hashlib
def t(f,*a,**k):
    try: r=f(*a,**k)
    except Exception as e: r=f'{type(e).__module__}.{type(e).__name__}: {e}'
    print(r)
print(binascii.hexlify(b'ab\xff'),binascii.unhexlify('6162'),binascii.crc32(b'hello world'),zlib.crc32(b'hello',5),zlib.adler32(b'hello world'),binascii.b2a_base64(b'hi'),binascii.a2b_base64(b'aGk='),binascii.hexlify(b'abcd','-',2),binascii.crc_hqx(b'123',0),binascii.b2a_hex(b'1'))
t(binascii.unhexlify,'abc'); t(binascii.unhexlify,'zz'); t(binascii.a2b_base64,'aGk'); t(binascii.hexlify,'x')
print(base64.b64encode(b'\xfb\xff'),base64.urlsafe_b64encode(b'\xfb\xff'),base64.b64decode('+/8='),base64.b32encode(b'hi'),base64.b16encode(b'hi'),base64.b32decode('NBUQ===='),base64.b16decode('6869'),base64.b85encode(b'hello'),base64.a85encode(b'hello'),base64.b85decode('Xk~0{Zv'),base64.standard_b64encode(b'a'),base64.encodebytes(b'x'*60),base64.decodebytes(b'eA==\n'))
t(base64.b64decode,'abc'); t(base64.b64encode,'x'); t(base64.b64decode,'a?b=',validate=True); t(base64.b16decode,'zz'); t(base64.b32decode,'a')
for n in ('md5','sha1','sha224','sha256','sha384','sha512'): h=hashlib.new(n,b'abc'); print(n,h.hexdigest(),h.digest_size,h.block_size,h.name)
h=hashlib.sha256(); h.update(b'a'); h.update(b'b'); c=h.copy(); c.update(b'c'); print(h.hexdigest()==hashlib.sha256(b'ab').hexdigest(),c.hexdigest()); t(hashlib.md5,'x'); t(hashlib.new,'zzz'); t(h.update,'x'); print(hashlib.pbkdf2_hmac('sha256',b'pw',b'salt',10).hex(), sorted(hashlib.algorithms_guaranteed)[:3]); t(hashlib.sha256,5); print(hashlib.sha256(b'x',usedforsecurity=False).hexdigest()[:8])
