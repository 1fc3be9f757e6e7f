"""Floating-point numbers."""

import math


def arithmetic(n=600_000):
    x = 0.0
    for i in range(n):
        x = x * 0.5 + i / 3
    return x


def mandelbrot(n=60):
    inside = 0
    for row in range(n):
        for column in range(n):
            c_re, c_im = column / n * 3 - 2, row / n * 2 - 1
            re = im = 0.0
            steps = 0
            while steps < 100 and re * re + im * im < 4:
                re, im = re * re - im * im + c_re, 2 * re * im + c_im
                steps += 1
            inside += steps == 100
    return inside


class Body:
    def __init__(self, x, y, vx, vy, mass):
        self.x, self.y = x, y
        self.vx, self.vy = vx, vy
        self.mass = mass


def n_body(n=5_000):
    bodies = [Body(0, 0, 0, 0, 1000.0), Body(10, 0, 0, 9, 1.0), Body(0, 20, 7, 0, 1.5), Body(-30, 0, 0, -5, 0.5)]
    dt = 0.001
    for _ in range(n):
        for i, a in enumerate(bodies):
            for b in bodies[i + 1 :]:
                dx, dy = a.x - b.x, a.y - b.y
                distance = math.sqrt(dx * dx + dy * dy)
                force = dt / (distance * distance * distance)
                a.vx -= dx * b.mass * force
                a.vy -= dy * b.mass * force
                b.vx += dx * a.mass * force
                b.vy += dy * a.mass * force
        for body in bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
    return bodies[0].x


def functions_of_math(n=50_000):
    x = 0.0
    for i in range(n):
        x += math.sin(i) * math.sqrt(i) + math.floor(i / 3) + round(i / 7, 2)
    return x


def statistics(n=300):
    data = [i * 37 % 101 / 10 for i in range(500)]
    x = 0.0
    for _ in range(n):
        mean = sum(data) / len(data)
        x += sum((value - mean) ** 2 for value in data) / len(data) + min(data) + max(data)
    return x
