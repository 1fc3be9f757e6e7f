# Reading and writing comma-separated values with all dialect parameters.
import csv, io, sys
def t(f,*a,**k):
    try: r=f(*a,**k)
    except Exception as e: r=f'{type(e).__module__}.{type(e).__name__}: {e}'
    print(r)
for text,kw in [('a,b,c\r\n1,2,3\r\n',{}),('a,"b,c",d\n',{}),('"a ""q"" b",x\n',{}),('a;b\n',dict(delimiter=';')),('a\tb\n',dict(dialect='excel-tab')),("'a,b',c\n",dict(quotechar="'")),('1,"x",2.5\n',dict(quoting=csv.QUOTE_NONNUMERIC)),('a, b,  "c d"\n',dict(skipinitialspace=True)),('a,"b\nc",d\ne\n',{}),('a\\,b,c\n',dict(escapechar='\\')),('a,"b"c,d\n',{}),('a,"b"c\n',dict(strict=True)),('\n\na\n',{}),('a,b,\n',{}),('"abc',{}),('"abc',dict(strict=True)),('',{}),('a"b,c\n',{}),('x,y\rz\n',{}),('"a",b\n',dict(quoting=csv.QUOTE_NONE)),('"a\\"b",c\n',dict(escapechar='\\',doublequote=False))]:
    t(lambda: list(csv.reader(io.StringIO(text), **kw)))
for rows,kw in [([['a','b,c','d "q"',1,2.5,None,True]],{}),([['a','b']],dict(quoting=csv.QUOTE_ALL)),([['a',1]],dict(quoting=csv.QUOTE_NONNUMERIC)),([['a,b']],dict(quoting=csv.QUOTE_NONE)),([['a,b']],dict(quoting=csv.QUOTE_NONE,escapechar='\\')),([['x\ny','z']],{}),([['']],{}),([[]],{}),([['',None]],{}),([['a"b']],dict(doublequote=False,escapechar='\\')),([['a']],dict(lineterminator='\n')),([['a b','c']],dict(delimiter=' ')),([(1,2),(3,4)],dict(dialect='unix')),([5],{}),([['é',b'x',[1]]],{}),([[' a','b ']],{}),([[1e20,0.1,10**20]],{})]:
    out=io.StringIO()
    t(lambda: csv.writer(out,**kw).writerows(rows)); print(repr(out.getvalue()))
out=io.StringIO(); w=csv.DictWriter(out,['name','age']); print(w.writeheader(), w.writerow({'name':'Al','age':3})); t(w.writerow,{'name':'B','x':1}); w.writerows([{'name':'C'}]); print(repr(out.getvalue()))
w=csv.DictWriter(io.StringIO(),['a'],extrasaction='ignore',restval='-'); t(w.writerow,{'b':2}); t(csv.DictWriter,out,['a'],extrasaction='q')
r=csv.DictReader(io.StringIO('name,age\nAl,3\nBo\nCy,4,5\n\nDi,6\n')); print(r.fieldnames); print(list(r), r.line_num)
print(list(csv.DictReader(['x y','1 2'],delimiter=' ')), list(csv.DictReader(['1,2'],fieldnames=['p','q','r'],restval=0)), list(csv.DictReader(['a','1,2,3'],restkey='rest')))
csv.register_dialect('pipes',delimiter='|'); print(csv.list_dialects(), list(csv.reader(['a|b'],'pipes')), csv.get_dialect('pipes').delimiter); t(csv.get_dialect,'zz'); csv.unregister_dialect('pipes'); t(csv.unregister_dialect,'zz')
t(csv.reader,['a'],delimiter='ab'); t(csv.reader,['a'],delimiter=''); t(csv.reader,['a'],delimiter=5); t(csv.reader,['a'],foo=1); t(csv.reader,['a'],quoting=9); t(csv.reader,5); t(csv.writer,5); t(lambda: list(csv.reader([b'a'])))
class D(csv.Dialect):
    delimiter=';'; quotechar='"'; quoting=csv.QUOTE_MINIMAL; lineterminator='\n'; doublequote=True
print(list(csv.reader(['a;"b;c"'],D)), list(csv.reader(['a;b'],dialect=D())))
rd=csv.reader(['a,b','c,d']); next(rd); print(rd.line_num, next(rd), rd.line_num, rd.dialect.delimiter)
print(csv.field_size_limit(), csv.Sniffer().sniff('a;b\n1;2\n').delimiter)
