# Differences as unified, context and hinted lines; ratios and close matches.
from difflib import *
import difflib
a='one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n'.splitlines(True); b='ore\ntree\nemu\nfour\nfive\nsix\nseven\neight\nNine\nten\neleven\n'.splitlines(True)
print(''.join(unified_diff(a,b,'before.py','after.py'))); print(''.join(context_diff(a,b,'x','y',n=1))); print(''.join(ndiff(a,b))); print(''.join(restore(ndiff(a,b),1))); print(''.join(restore(ndiff(a,b),2))); print(list(unified_diff(['a'],['a']))); print('\n'.join(unified_diff(['a','b'],['a','c'],lineterm='',fromfiledate='2020',n=0)))
s=SequenceMatcher(None,'abxcd','abcd'); print(s.ratio(),s.quick_ratio(),s.real_quick_ratio(),s.get_matching_blocks(),s.get_opcodes(),s.find_longest_match(0,5,0,4))
print(SequenceMatcher(lambda x:x==' ','private Thread currentThread;','private volatile Thread currentThread;').ratio(), SequenceMatcher(None,'','').ratio(), SequenceMatcher(None,[1,2,3],[1,3]).get_opcodes())
print(get_close_matches('appel',['ape','apple','peach','puppy']),get_close_matches('wheel',['while','whale','heel']),get_close_matches('x',['y']),get_close_matches('pineaple',['apple','pine','pineapple'],n=1,cutoff=.8))
print(list(Differ().compare('a\nb b\n'.splitlines(1),'a\nb c\n'.splitlines(1)))); print([*s.get_grouped_opcodes(1)])
import random; r=random.Random(1)
for i in range(30):
    x=''.join(r.choice('abcd ') for _ in range(r.randint(0,40))); y=''.join(r.choice('abcd ') for _ in range(r.randint(0,40))); m=SequenceMatcher(None,x,y); print(m.ratio(),m.get_opcodes()[:3])
    xs=[''.join(r.choice('ab') for _ in range(3))+'\n' for _ in range(8)]; ys=[''.join(r.choice('ab') for _ in range(3))+'\n' for _ in range(8)]; print(list(ndiff(xs,ys))); print(list(unified_diff(xs,ys,n=1)))
big=[str(i%7) for i in range(300)]; print(SequenceMatcher(None,big,big[5:]).ratio(), SequenceMatcher(None,big,big[5:],autojunk=False).ratio())
