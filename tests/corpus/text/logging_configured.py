# logging: formats, filters, adapters, dictConfig, queues, files.
import logging, sys, io
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format='%(levelname)-8s|%(name)s|%(funcName)s|%(lineno)d|%(message)s')
log = logging.getLogger('app'); child = logging.getLogger('app.db')
log.debug('d'); log.info('i %s %d', 'x', 5); log.warning('w'); log.error('e'); log.critical('c'); log.log(25, 'custom'); child.info('child'); logging.info('root'); log.info('%(a)s', {'a': 1}); log.info({'a': 1}); log.info('100%')
log.info('bad %d', 'x'); log.info('bad', 'extra')
print(log, logging.getLogger(), child.parent, log.handlers, log.level, log.getEffectiveLevel(), log.isEnabledFor(10), logging.getLevelName(20), logging.getLevelName('INFO'), logging.getLevelName(25), log.name, logging.root.handlers)
h = logging.StreamHandler(buf := io.StringIO()); h.setLevel(logging.ERROR); h.setFormatter(logging.Formatter('%(asctime)s %(message)s', datefmt='%Y')); log.addHandler(h); log.warning('no'); log.error('yes'); print(buf.getvalue()[4:], h); log.propagate = False; log.error('only buf'); log.removeHandler(h); log.propagate = True
class F(logging.Filter):
    def filter(self, r): r.user = 'bob'; return 'secret' not in r.getMessage()
h2 = logging.StreamHandler(sys.stdout); h2.addFilter(F()); h2.setFormatter(logging.Formatter('{levelname} {user} {message}', style='{')); l2 = logging.getLogger('l2'); l2.addHandler(h2); l2.propagate = False; l2.info('hi'); l2.info('secret'); l2.setLevel('WARNING'); l2.info('no'); logging.addLevelName(5, 'TRACE'); l2.setLevel(5); l2.log(5, 'trace')
ad = logging.LoggerAdapter(l2, {'conn': 1}); ad.info('adapted'); print(ad)
class A2(logging.LoggerAdapter):
    def process(self, m, kw): return f'[{self.extra["id"]}] {m}', kw
A2(l2, {'id': 7}).warning('x %s', 1)
for bad in (lambda: log.setLevel('FOO'), lambda: log.setLevel(1.5), lambda: logging.Formatter('%(x)s', style='!'), lambda: logging.Formatter('no fields'), lambda: log.log('a', 'x'), lambda: logging.getLogger(5), lambda: log.info(), lambda: log.info('x', extra={'message': 1}), lambda: logging.basicConfig(foo=1), lambda: logging.basicConfig(stream=1, filename='a', force=True), lambda: logging.StreamHandler(5).emit, lambda: log.addHandler()):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
import logging.config
logging.config.dictConfig({'version': 1, 'formatters': {'f': {'format': '%(name)s: %(message)s'}}, 'handlers': {'c': {'class': 'logging.StreamHandler', 'formatter': 'f', 'stream': 'ext://sys.stdout'}}, 'loggers': {'cfg': {'level': 'DEBUG', 'handlers': ['c'], 'propagate': False}}, 'root': {'level': 'INFO', 'handlers': ['c']}})
logging.getLogger('cfg').debug('configured'); logging.getLogger('other').info('root cfg'); log.info('disabled?')
mh = logging.handlers.MemoryHandler(10, target=h2) if hasattr(logging, 'handlers') else None
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
import queue; q = queue.Queue(); ql = QueueListener(q, h2); l3 = logging.getLogger('l3'); l3.addHandler(QueueHandler(q)); l3.propagate = False; ql.start(); l3.warning('via queue'); ql.stop()
fh = logging.FileHandler('t.log', mode='w'); l4 = logging.getLogger('l4'); l4.addHandler(fh); l4.warning('to file'); fh.close(); print(open('t.log').read())
r = logging.LogRecord('n', 20, 'p.py', 3, 'm %s', ('a',), None); print(r, r.getMessage(), r.module, r.levelname); logging.disable(logging.ERROR); logging.getLogger('cfg').error('nope'); logging.disable(logging.NOTSET); logging.lastResort; logging.shutdown()
